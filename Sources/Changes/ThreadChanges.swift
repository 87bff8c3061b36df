package import Library

/// Changes stored threads. Each change is made completely or not at all.
///
/// Changes can be made from any thread, but only one at a time for one stored thread.
package final class ThreadChanges: Sendable {
  let library: ThreadLibrary
  /// The version of this program in the headers of new files.
  let version: String

  /// Creates the changes for the threads of a library.
  package init(_ library: ThreadLibrary, version: String) {
    self.library = library
    self.version = version
  }

  /// Calls `body`, which changes stored threads, and makes the next list check all files again.
  func changing<Value>(_ body: () throws(ChangeError) -> Value) throws(ChangeError) -> Value {
    defer { library.catalog.noteWrite() }
    return try body()
  }
}
