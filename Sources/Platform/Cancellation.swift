import LibC
import Synchronization

/// Tells the work for a request that the request was cancelled.
package final class Cancellation: Sendable {
  private let isSet = Atomic<Bool>(false)

  /// The cancellations whose work reads files at present, by thread. (Task-local values could hold
  /// them, but their first use takes longer than a small answer.)
  private static let readers = Mutex<[(thread: UInt, work: Cancellation)]>([])

  /// Creates a cancellation for work that is not cancelled yet.
  package init() {}

  /// Whether the work was cancelled.
  package var isCancelled: Bool { isSet.load(ordering: .relaxed) }

  /// Cancels the work.
  package func cancel() { isSet.store(true, ordering: .relaxed) }

  /// Calls `body`. After a cancellation, every read of a file line by line in `body` fails with
  /// `ECANCELED`.
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

  /// Fails with `ECANCELED` if the work of this thread was cancelled.
  ///
  /// - Parameter path: The path of the file that is being read, for the error.
  package static func checkReading(_ path: String) throws(SystemError) {
    let thread = currentThread()
    let work = readers.withLock { readers in readers.last { $0.thread == thread }?.work }
    if let work, work.isCancelled {
      throw SystemError(operation: "read", path: path, code: ECANCELED)
    }
  }
}
