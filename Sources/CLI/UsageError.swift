/// An error in a command line.
package struct UsageError: Error, Equatable {
  /// The message: one line that names the argument.
  package let message: String
  /// The exit status of the process: 2, or 1 for an override without a value, as in the original.
  package let status: Int32

  init(_ message: String, status: Int32 = 2) {
    self.message = message
    self.status = status
  }
}
