import Foundation

/// The executable that was built with these tests, run with a home of its own.
struct Program {
  struct Outcome {
    var status: Int32
    var output: String
    var complaint: String

    var lines: [Substring] { output.split(separator: "\n") }
  }

  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private let complaint = Pipe()

  init(_ arguments: String...) throws { try self.init(arguments) }

  init(_ arguments: [String], home: String = Self.noHome) throws {
    try self.init(Self.folder.appending(path: "reprise"), arguments, home: home)
  }

  /// Runs a command of the shell, to which the executable is `$0`.
  init(shell command: String) throws {
    let executable = Self.folder.appending(path: "reprise").path
    try self.init(URL(filePath: "/bin/sh"), ["-c", command, executable])
  }

  /// Where nothing is stored.
  static var noHome: String {
    let path = NSTemporaryDirectory() + "reprise-tests"
    try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    return path
  }

  private init(_ executable: URL, _ arguments: [String], home: String = Self.noHome) throws {
    process.executableURL = executable
    process.arguments = arguments
    process.environment = ["CODEX_HOME": home, "PATH": "/bin"]
    process.standardInput = input
    process.standardOutput = output
    process.standardError = complaint
    try process.run()
  }

  /// Where the tests are, there is the executable too.
  private static var folder: URL {
    #if os(macOS)
      Bundle(for: Marker.self).bundleURL.deletingLastPathComponent()
    #else
      Bundle.main.bundleURL
    #endif
  }

  private final class Marker {}

  /// A program that has ended already reads nothing of it, which is no error here.
  func write(_ text: String) {
    signal(SIGPIPE, SIG_IGN)
    try? input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
  }

  func closeInput() throws { try input.fileHandleForWriting.close() }

  func closeOutput() throws { try output.fileHandleForReading.close() }

  func terminate() { process.terminate() }

  /// Waits for the next bytes of output.
  func readSome() -> String {
    String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
  }

  /// Waits for output that holds this, and returns all there was until then.
  func read(until part: String) -> String {
    var text = ""
    while !text.contains(part) {
      let more = readSome()
      if more.isEmpty { break }
      text += more
    }
    return text
  }

  /// Waits for the end.
  func status() -> Int32 {
    process.waitUntilExit()
    return process.terminationReason == .exit ? process.terminationStatus : -1
  }

  /// Closes the input and waits for the end.
  func finish() throws -> Outcome {
    try closeInput()
    let output = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    let complaint = String(
      decoding: complaint.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    return Outcome(status: status(), output: output, complaint: complaint)
  }
}
