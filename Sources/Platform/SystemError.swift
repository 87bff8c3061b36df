import LibC

/// The error of a system call: the operation, the path and the system's error number.
package struct SystemError: Error, Equatable {
  /// The operation, as a verb that can begin a message, for example `open`.
  package let operation: String
  /// The path that the operation was called with, or the name of a standard stream.
  package let path: String
  /// The value of `errno`; 0 if the error does not come from the system.
  package let code: Int32
  private let reason: String?

  /// Creates the error of a system call with an `errno` value.
  package init(operation: String, path: String, code: Int32) {
    self.init(operation: operation, path: path, code: code, reason: nil)
  }

  /// Creates an error that does not come from the system.
  ///
  /// - Parameter reason: The description of the failure.
  package init(operation: String, path: String, reason: String) {
    self.init(operation: operation, path: path, code: 0, reason: reason)
  }

  /// The error for a file that is larger than a limit of this program.
  ///
  /// - Parameter reason: The description of the failure.
  package static func tooLarge(
    _ operation: String, _ path: String, reason: String
  ) -> SystemError {
    SystemError(operation: operation, path: path, code: EFBIG, reason: reason)
  }

  /// The error of a file that cannot be read without a library that the system lacks.
  package static func missingLibrary(
    _ library: String, operation: String, path: String
  ) -> SystemError {
    SystemError(
      operation: operation, path: path, code: ENOSYS, reason: "\(library) is not there to be loaded"
    )
  }

  private init(operation: String, path: String, code: Int32, reason: String?) {
    self.operation = operation
    self.path = path
    self.code = code
    self.reason = reason
  }

  /// The error for a path that leads to something else than a folder.
  package static func notADirectory(_ path: String) -> SystemError {
    SystemError(operation: "open", path: path, code: ENOTDIR)
  }

  /// Creates the error of the last system call, from `errno`.
  init(_ operation: String, _ path: String) {
    self.init(operation: operation, path: path, code: errno)
  }

  /// The description of the failure, for example `No such file or directory`.
  package var message: String {
    if let reason { return reason }
    var text = [CChar](repeating: 0, count: 256)
    guard strerror_r(code, &text, text.count) == 0 else { return "error \(code)" }
    return String(untilNUL: text)
  }

  /// Whether the path leads to nothing, or contains a name that is not a folder.
  package var isNotFound: Bool { code == ENOENT || code == ENOTDIR }
  /// Whether the path leads to nothing.
  package var isMissing: Bool { code == ENOENT }
  /// Whether a file is larger than a limit of this program.
  package var isTooLarge: Bool { code == EFBIG && reason != nil }
  /// Whether the content of the file is at fault, and not the system.
  package var isDamage: Bool { code == 0 }
  /// Whether the process or the system has no descriptors or no memory left. Such an error says
  /// nothing about the path.
  package var isExhaustion: Bool { code == EMFILE || code == ENFILE || code == ENOMEM }
  /// Whether the path exists already.
  package var isExisting: Bool { code == EEXIST }
}

extension SystemError: CustomStringConvertible {
  /// The operation, the path and the description on one line: `open /a/b: No such file or
  /// directory`.
  package var description: String { "\(operation) \(path): \(message)" }
}

/// Fails with `ENOENT` for a path that contains a NUL. Otherwise the system would use the part
/// before the NUL.
func checkName(_ path: String, _ operation: String) throws(SystemError) {
  var copy = path
  let hasNUL = copy.withUTF8 { bytes in
    bytes.baseAddress.flatMap { memchr($0, 0, bytes.count) } != nil
  }
  if hasNUL { throw SystemError(operation: operation, path: path, code: ENOENT) }
}

extension String {
  /// The text that a system call has written to a buffer, up to the NUL that ends it.
  init(untilNUL text: [CChar]) {
    self.init(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
