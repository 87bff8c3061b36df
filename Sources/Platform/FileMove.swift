import LibC

/// A change of a file's path within one file system.
package struct FileMove: Equatable, Sendable {
  /// The present path.
  package let source: String
  /// The new path.
  package let target: String

  /// Creates a move, which `perform` carries out.
  package init(from source: String, to target: String) {
    self.source = source
    self.target = target
  }

  /// Moves all files or none.
  ///
  /// Every file first gets its new name, and then loses its old one. A crash in between may leave
  /// files with two names, but none without a name.
  ///
  /// - Throws: An error whose `isExisting` is true if a new name is taken. No file is ever
  ///   replaced.
  package static func perform(_ moves: [FileMove]) throws(SystemError) {
    var linked = 0
    var unlinked = 0
    do throws(SystemError) {
      for move in moves {
        try DiskAccess.begin("create", move.source)
        guard link(move.source, move.target) == 0 else { throw SystemError("create", move.target) }
        linked += 1
      }
      for move in moves {
        guard unlink(move.source) == 0 else { throw SystemError("remove", move.source) }
        unlinked += 1
      }
    } catch {
      for move in moves[..<unlinked] { link(move.target, move.source) }
      for move in moves[..<linked] { unlink(move.target) }
      throw error
    }
    for folder in Set(
      moves.flatMap { [Path.directory(of: $0.source), Path.directory(of: $0.target)] })
    {
      try? Directory.sync(folder)
    }
  }
}

extension File {
  /// Removes a name of a file; does nothing if there is none.
  package static func remove(_ path: String) throws(SystemError) {
    guard unlink(path) == 0 || errno == ENOENT else { throw SystemError("remove", path) }
  }
}
