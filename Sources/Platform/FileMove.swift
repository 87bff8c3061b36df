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

  /// The move from the target to the source.
  package var reversed: FileMove { FileMove(from: target, to: source) }

  /// Moves all files or none, one after the other in the given order. A process that is killed in
  /// between has moved the first ones, and `perform` with the others ends the move.
  ///
  /// - Throws: An error whose `isExisting` is true if a new name is taken. No file is ever
  ///   replaced.
  package static func perform(_ moves: [FileMove], _ log: Log) throws(SystemError) {
    for move in moves where move.isTaken {
      throw SystemError(operation: "create", path: move.target, code: EEXIST)
    }
    var moved = 0
    do throws(SystemError) {
      for move in moves {
        try move.perform()
        moved += 1
      }
    } catch {
      for move in moves[..<moved].reversed() { try? move.reversed.perform() }
      throw error
    }
    for folder in Set(
      moves.flatMap { [Path.directory(of: $0.source), Path.directory(of: $0.target)] })
    {
      Directory.sync(folder, log)
    }
  }

  /// Moves the file. Where the system can do that in one step, a kill never leaves it with two names.
  /// A file that an earlier move has left with both names loses the old one.
  ///
  /// - Parameter rename: Renames a file unless the new name is taken, like `renameExclusively`.
  func perform(
    with rename: (_ source: String, _ target: String) -> Int32 = renameExclusively
  ) throws(SystemError) {
    DiskAccess.begin(source)
    if retryingInterrupts(at: target, { rename(source, target) }) == 0 { return }
    let isSupported = errno != ENOSYS && errno != EINVAL && errno != ENOTSUP
    if isSupported, errno != EEXIST {
      throw errno == ENOENT ? SystemError("move", source) : SystemError("create", target)
    }
    let isLinked = link(source, target) == 0
    let code = errno
    guard isLinked || hasBothNames else {
      throw SystemError(operation: "create", path: target, code: code)
    }
    guard unlink(source) == 0 else {
      let error = SystemError("remove", source)
      if isLinked { unlink(target) }
      throw error
    }
  }

  /// Whether the file has both names, as an interrupted move may leave it.
  private var hasBothNames: Bool {
    guard let one = try? FileStatus(path: source, followingLinks: false),
      let other = try? FileStatus(path: target, followingLinks: false)
    else { return false }
    return one.isSameFile(as: other)
  }

  /// Whether another file has the target path.
  private var isTaken: Bool {
    (try? FileStatus(path: target, followingLinks: false)) != nil && !hasBothNames
  }
}

extension File {
  /// Removes a name of a file; does nothing if there is none.
  package static func remove(_ path: String) throws(SystemError) {
    guard unlink(path) == 0 || errno == ENOENT else { throw SystemError("remove", path) }
  }
}
