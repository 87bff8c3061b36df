import LibC

/// A system call that failed: what was tried, on what, and the system's error number.
package struct SystemError: Error, Equatable {
  /// A verb that a message can begin with, such as `open`.
  package let operation: String
  /// What it was tried on; a path, or the name of a standard stream.
  package let path: String
  /// An `errno` value; 0 where it was not the system that failed.
  package let code: Int32
  private let reason: String?

  package init(operation: String, path: String, code: Int32) {
    self.operation = operation
    self.path = path
    self.code = code
    reason = nil
  }

  /// Something else that failed, in its own words.
  package init(operation: String, path: String, reason: String) {
    self.operation = operation
    self.path = path
    code = 0
    self.reason = reason
  }

  /// Something else than a folder has the name of one.
  package static func notADirectory(_ path: String) -> SystemError {
    SystemError(operation: "open", path: path, code: ENOTDIR)
  }

  /// The error of the call that failed just now.
  init(_ operation: String, _ path: String) {
    self.init(operation: operation, path: path, code: errno)
  }

  /// The system's words for the code, such as `No such file or directory`.
  package var message: String {
    if let reason { return reason }
    var text = [CChar](repeating: 0, count: 256)
    guard strerror_r(code, &text, text.count) == 0 else { return "error \(code)" }
    return String(untilNUL: text)
  }

  /// Nothing has that name, or what should be a folder on the way to it is none.
  package var isNotFound: Bool { code == ENOENT || code == ENOTDIR }
  /// Nothing has that name.
  package var isMissing: Bool { code == ENOENT }
  /// The name is taken.
  package var isExisting: Bool { code == EEXIST }
}

extension SystemError: CustomStringConvertible {
  /// One line for a log or an answer: `open /a/b: No such file or directory`.
  package var description: String { "\(operation) \(path): \(message)" }
}

/// Fails for a path with a NUL: no file has such a name, but the system would look for the part
/// before it.
func checkName(_ path: String, _ operation: String) throws(SystemError) {
  var copy = path
  let hasNUL = copy.withUTF8 { bytes in
    bytes.baseAddress.flatMap { memchr($0, 0, bytes.count) } != nil
  }
  if hasNUL { throw SystemError(operation: operation, path: path, code: ENOENT) }
}

extension String {
  /// The text that a system call has written into a buffer, which a NUL ends before the buffer does.
  init(untilNUL text: [CChar]) {
    self.init(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}

/// Repeats a call for as long as a signal interrupts it.
func retryingInterrupts<Result: SignedInteger>(_ call: () -> Result) -> Result {
  while true {
    let result = call()
    if result != -1 || errno != EINTR { return result }
  }
}
