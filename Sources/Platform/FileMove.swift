import LibC

/// A file that is to get another name, on the same file system.
package struct FileMove: Equatable, Sendable {
  package let source: String
  package let target: String

  package init(from source: String, to target: String) {
    self.source = source
    self.target = target
  }

  /// Moves all files or none. Nothing is ever replaced: a name that is taken fails with
  /// `isExisting`.
  ///
  /// First every file gets its new name, then each loses its old one: a crash in between leaves
  /// files with two names, and never one with none.
  package static func perform(_ moves: [FileMove]) throws(SystemError) {
    var linked = 0
    var unlinked = 0
    do throws(SystemError) {
      for move in moves {
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
  /// Takes a name away from a file; nothing happens where there is none.
  package static func remove(_ path: String) throws(SystemError) {
    guard unlink(path) == 0 || errno == ENOENT else { throw SystemError("remove", path) }
  }
}
