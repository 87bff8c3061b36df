package import Library

/// Changes stored threads. Each change is made whole or not at all.
///
/// Any thread may ask for a change, but only for one change of a stored thread at a time.
package final class ThreadChanges: Sendable {
  let library: ThreadLibrary
  /// What the headers of new files say of the program that made them.
  let version: String

  package init(_ library: ThreadLibrary, version: String) {
    self.library = library
    self.version = version
  }

  /// Makes a change, and sees to it that lists look at all files again afterwards.
  func changing<Value>(_ body: () throws(ChangeError) -> Value) throws(ChangeError) -> Value {
    defer { library.catalog.noteWrite() }
    return try body()
  }
}
