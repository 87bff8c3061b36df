import LibC
import Synchronization

/// Tells work that nobody waits for it any more.
package final class Cancellation: Sendable {
  private let isSet = Atomic<Bool>(false)

  /// Which work each thread does, as far as the work reads files. (Task-local values would do, but
  /// the first use of them costs more than a small answer.)
  private static let readers = Mutex<[(thread: UInt, work: Cancellation)]>([])

  package init() {}

  package var isCancelled: Bool { isSet.load(ordering: .relaxed) }

  package func cancel() { isSet.store(true, ordering: .relaxed) }

  /// Does something in which the reading of files line by line fails with `ECANCELED` as soon as
  /// this is cancelled, however deep it is called.
  package func interruptingReads<Value, Failure: Error>(
    in body: () throws(Failure) -> Value
  ) throws(Failure) -> Value {
    let thread = currentThread()
    Self.readers.withLock { $0.append((thread, self)) }
    defer {
      Self.readers.withLock { readers in
        if let index = readers.lastIndex(where: { $0.thread == thread }) {
          readers.remove(at: index)
        }
      }
    }
    return try body()
  }

  /// - Parameter path: Of the file that is being read.
  package static func checkReading(_ path: String) throws(SystemError) {
    let thread = currentThread()
    let work = readers.withLock { readers in readers.last { $0.thread == thread }?.work }
    if let work, work.isCancelled {
      throw SystemError(operation: "read", path: path, code: ECANCELED)
    }
  }
}
