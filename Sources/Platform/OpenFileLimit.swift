import LibC
import Synchronization

/// The limit of files that the process may have open.
package enum OpenFileLimit {
  private static let limit = Atomic<Int>(.max)

  /// The number of descriptors that are left for work, so that threads can be listed, read and closed
  /// whatever is kept open. A list needs one for each of its threads of execution, a long thread one
  /// for each of its files.
  private static let reserve = 64

  /// Raises the limit as far as the system allows.
  ///
  /// The usual limit, 256 on macOS, is low because of programs that use `select`, which this program
  /// does not. It would be reached soon: each loaded thread that was written to keeps its lock file
  /// open, and each one that was started and not written to keeps the file of its records open.
  package static func raise() {
    if let raised = raiseOpenFileLimit() { limit.store(raised, ordering: .relaxed) }
  }

  /// Whether a descriptor may be kept open from one request to the next. The system gives the lowest
  /// free number, so a high one tells that few are left.
  static func allowsKeeping(_ descriptor: Int32) -> Bool {
    let limit = limit.load(ordering: .relaxed)
    return Int(descriptor) < limit - min(reserve, limit / 4)
  }
}

extension File {
  /// Checks that the file may be kept open from one request to the next.
  ///
  /// - Throws: `EMFILE` if too few descriptors would be left.
  package func checkKeeping() throws(SystemError) {
    guard OpenFileLimit.allowsKeeping(descriptor) else {
      throw SystemError(operation: "keep open", path: path, code: EMFILE)
    }
  }
}

extension SystemError {
  /// Whether the process, or the system, has as many files open as it may.
  package var isOutOfDescriptors: Bool { code == EMFILE || code == ENFILE }
}
