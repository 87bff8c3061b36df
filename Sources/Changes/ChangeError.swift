package import Library
package import Platform
import Rollouts

/// The reason why a stored thread was not changed.
package enum ChangeError: Error, Equatable {
  /// The thread cannot be found or read.
  case library(LibraryError)
  /// The system could not write a file.
  case unwritable(SystemError)
  /// The thread's file is outside of the home and must not be written.
  case outsideHome(String)
  /// A file that was to be moved has a target path that is taken.
  case nameTaken(String)
  /// Another process holds the writer lock of the thread. Its holder is nil if the system does not
  /// tell it.
  case locked(UUID, holder: FileLockHolder?)
  /// The history of other threads continues a file of the thread.
  case inUse(UUID, by: [UUID])
}

extension ChangeError {
  /// Whether a file was not where it was found, or another one was where it was to be unpacked.
  var isOfMovedFile: Bool {
    switch self {
    case .library(.unreadable(let error)), .unwritable(let error):
      error.isMissing || error.isExisting
    default: false
    }
  }

  /// Calls `body`, which reads threads.
  ///
  /// - Throws: `library` with the error that `body` throws.
  static func reading<Value>(
    _ body: () throws(LibraryError) -> Value
  ) throws(ChangeError) -> Value {
    do throws(LibraryError) { return try body() } catch { throw .library(error) }
  }

  /// Calls `body`, which reads files.
  ///
  /// - Throws: `library(.unreadable)` with the error that `body` throws.
  static func readingFiles<Value>(
    _ body: () throws(SystemError) -> Value
  ) throws(ChangeError) -> Value {
    do throws(SystemError) { return try body() } catch { throw .library(.unreadable(error)) }
  }

  /// Calls `body`, which writes files.
  ///
  /// - Throws: `unwritable` with the error that `body` throws.
  static func writing<Value: ~Copyable>(
    _ body: () throws(SystemError) -> Value
  ) throws(ChangeError) -> Value {
    do throws(SystemError) { return try body() } catch { throw .unwritable(error) }
  }
}
