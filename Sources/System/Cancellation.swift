import LibC
import Synchronization

/// Tells work that nobody waits for it any more.
package final class Cancellation: Sendable {
  private let isSet = Atomic<Bool>(false)

  /// Of the work that is being done here, as far as it reads files.
  @TaskLocal private static var ofReading: Cancellation?

  package init() {}

  package var isCancelled: Bool { isSet.load(ordering: .relaxed) }

  package func cancel() { isSet.store(true, ordering: .relaxed) }

  /// Does something in which the reading of files line by line fails with `ECANCELED` as soon as
  /// this is cancelled, however deep it is called.
  package func endReading<Value, Failure: Error>(
    in body: () throws(Failure) -> Value
  ) throws(Failure) -> Value {
    let result = Self.$ofReading.withValue(self) { () -> Result<Value, Failure> in
      do throws(Failure) { return .success(try body()) } catch { return .failure(error) }
    }
    return try result.get()
  }

  /// - Parameter path: Of the file that is being read.
  package static func checkReading(_ path: String) throws(SystemError) {
    guard let ofReading, ofReading.isCancelled else { return }
    throw SystemError(operation: "read", path: path, code: ECANCELED)
  }
}
