package import Library
package import Platform
import Rollouts

/// Why a stored thread is not changed. It is as it was before.
package enum ChangeError: Error, Equatable {
  /// The thread cannot be had.
  case library(LibraryError)
  /// The system refused to write.
  case unwritable(SystemError)
  /// The thread's file is not in the home, so it is only read.
  case outsideHome(String)
  /// There is a file already where one was to be moved to.
  case nameTaken(String)
  /// Another process writes the thread; nil where the system does not tell which.
  case locked(UUID, holder: FileLockHolder?)
  /// The history of other threads goes on from the thread's files.
  case inUse(UUID, by: [UUID])
}

extension ChangeError {
  /// Does something that reads threads, and makes its errors those of a change.
  static func reading<Value>(
    _ body: () throws(LibraryError) -> Value
  ) throws(ChangeError) -> Value {
    do throws(LibraryError) { return try body() } catch { throw .library(error) }
  }

  /// Does something that reads files, and makes what the system refuses an error of a change.
  static func readingFiles<Value>(
    _ body: () throws(SystemError) -> Value
  ) throws(ChangeError) -> Value {
    do throws(SystemError) { return try body() } catch { throw .library(.unreadable(error)) }
  }

  /// Does something that writes files, and makes what the system refuses an error of a change.
  static func writing<Value>(
    _ body: () throws(SystemError) -> Value
  ) throws(ChangeError) -> Value {
    do throws(SystemError) { return try body() } catch { throw .unwritable(error) }
  }
}
