/// The header of a command's output, as versions wrote it (HISTORY.md 5):
///
///     Exit code: 0                         Chunk ID: 6448ad
///     Wall time: 1.2 seconds               Wall time: 0.0519 seconds
///     Total output lines: 9                Process exited with code 1
///     Output:                              Original token count: 5
///                                          Output:
///     Wall time: 3 seconds
///     aborted by user                      Command: /bin/zsh -lc 'set -e
///                                          ls'
///     Wall time: 10.0 seconds              Chunk ID: 6448ad
///     Process running with session ID 42   …
///     Output:
///
/// The header is read from escaped text, in which a line ends in `\n`, without decoding it: outputs
/// are most of many files.
struct OutputHeader {
  /// The exit code; nil where the header has none.
  private(set) var exitCode: Int32?
  /// How long the command took so far, in ms; nil where the header does not contain it.
  private(set) var durationMs: Int64?
  /// The session id of a command that still runs; nil where the header has none.
  private(set) var sessionID: Int64?
  /// Whether the user aborted the command.
  private(set) var isAborted = false
  /// The escaped text behind the header.
  private(set) var body: ArraySlice<UInt8>

  /// Reads the beginning of an escaped text; nil where it is no header.
  init?(_ text: ArraySlice<UInt8>) {
    if let header = Self.behindCommand(text) { self = header } else { self.init(lines: text) }
  }

  private init?(lines text: ArraySlice<UInt8>) {
    body = text
    var hasStarted = false
    for _ in 0..<Self.lineLimit {
      let line = body.firstEscapedLine
      let rest = body.dropFirst(line.count)
      isAborted = line.elementsEqual("aborted by user".utf8)
      if hasStarted, isAborted || line.elementsEqual("Output:".utf8) {
        body = rest.dropFirst(2)
        return
      }
      guard read(line), !rest.isEmpty else { return nil }
      hasStarted = true
      body = rest.dropFirst(2)
    }
    return nil
  }

  /// The highest number of lines in a header; no version wrote so many.
  private static let lineLimit = 8

  /// Reads a line of a header; false where it is none. Some lines are of no use.
  private mutating func read(_ line: ArraySlice<UInt8>) -> Bool {
    if let code = line.dropping("Exit code: ") ?? line.dropping("Process exited with code ") {
      exitCode = Int32(String(decoding: code, as: UTF8.self))
      return exitCode != nil
    }
    if let time = line.dropping("Wall time: ") {
      durationMs = Milliseconds.of(seconds: time.prefix { $0 != UInt8(ascii: " ") })
      return durationMs != nil
    }
    if let session = line.dropping("Process running with session ID ") {
      sessionID = Int64(String(decoding: session, as: UTF8.self))
      return sessionID != nil
    }
    return ["Total output lines: ", "Chunk ID: ", "Original token count: "].contains {
      line.dropping($0) != nil
    }
  }

  /// Reads a header behind the command itself, which some versions put first and which may have
  /// several lines.
  private static func behindCommand(_ text: ArraySlice<UInt8>) -> OutputHeader? {
    guard var rest = text.dropping("Command: ") else { return nil }
    while let line = rest.firstIndex(ofEscape: UInt8(ascii: "n")) {
      rest = rest[(line + 2)...]
      if rest.dropping("Chunk ID: ") != nil || rest.dropping("Wall time: ") != nil,
        let header = OutputHeader(lines: rest)
      {
        return header
      }
    }
    return nil
  }
}
