/// Why a command line cannot be followed.
package struct UsageError: Error, Equatable {
  /// One line that names the argument.
  package let message: String
  /// What the process is to end with: 2, or 1 for an override that is none, as the original does.
  package let status: Int32

  init(_ message: String, status: Int32 = 2) {
    self.message = message
    self.status = status
  }
}
