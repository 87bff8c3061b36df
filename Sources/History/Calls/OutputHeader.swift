import JSON

/// The lines that versions wrote before the output of a command (HISTORY.md 5):
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
/// Read from escaped text, in which a line ends in `\n`, and never decoded: outputs are most of many
/// files.
struct OutputHeader {
  private(set) var exitCode: Int32?
  private(set) var durationMs: Int64?
  /// What the command is called as long as it goes on.
  private(set) var sessionID: Int64?
  private(set) var isAborted = false
  /// What stands behind the header.
  private(set) var body: ArraySlice<UInt8>

  /// Nil where the text does not begin with a header.
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

  /// More lines than any version wrote: a long text of such lines is no header.
  private static let lineLimit = 8

  /// The lines that tell something, by what they begin with, and those that are passed over.
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

  /// The header behind the command itself, which some versions put first and which may have several
  /// lines.
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

/// The lines before the output of a code cell, and of a wait for one (HISTORY.md 5.1):
///
///     Script completed                     Script running with cell ID 40
///     Wall time 0.5 seconds                Wall time 11.0 seconds
///     Output:                              Output:
struct CellHeader {
  enum State: Equatable {
    case completed, failed, terminated
    /// The script goes on, under a name by which it can be waited for.
    case running(id: String)
  }

  let state: State
  /// How long it took, or was waited for.
  let durationMs: Int64
  /// What stands behind the header.
  let body: ArraySlice<UInt8>

  /// Nil where the text does not begin with a header.
  init?(_ text: ArraySlice<UInt8>) {
    let first = text.firstEscapedLine
    guard let state = first.dropping("Script ").flatMap(Self.state) else { return nil }
    let afterFirst = text.dropFirst(first.count + 2)
    let second = afterFirst.firstEscapedLine
    let afterSecond = afterFirst.dropFirst(second.count + 2)
    guard let time = second.dropping("Wall time "),
      let duration = Milliseconds.of(seconds: time.prefix { $0 != UInt8(ascii: " ") }),
      let rest = afterSecond.dropping("Output:")
    else { return nil }
    self.state = state
    durationMs = duration
    body = rest.dropping(#"\n"#) ?? rest
  }

  private static func state(_ text: ArraySlice<UInt8>) -> State? {
    if let id = text.dropping("running with cell ID ") {
      return .running(id: String(decoding: id, as: UTF8.self))
    }
    let names: [(name: String, state: State)] = [
      ("completed", .completed), ("failed", .failed), ("terminated", .terminated),
    ]
    return names.first { text.elementsEqual($0.name.utf8) }?.state
  }

  /// Whether the script did not come to its end.
  var hasFailed: Bool { state == .failed || state == .terminated }
}

enum Milliseconds {
  /// How long two times are one after the other.
  static func sum(_ one: Int64, _ other: Int64) -> Int64 {
    let (sum, overflow) = one.addingReportingOverflow(other)
    return overflow ? .max : sum
  }

  /// Milliseconds of a number of seconds in decimal digits, cut and not rounded; nil for anything
  /// else.
  static func of(seconds: some Collection<UInt8>) -> Int64? {
    var total: Int64 = 0
    var unit: Int64 = 1000
    var isFraction = false
    guard !seconds.isEmpty else { return nil }
    for byte in seconds {
      if byte == UInt8(ascii: "."), !isFraction {
        isFraction = true
        continue
      }
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
      let digit = Int64(byte - UInt8(ascii: "0"))
      if isFraction {
        unit /= 10
        total += digit * unit
      } else {
        guard total < Int64.max / 100 else { return nil }
        total = total * 10 + digit * 1000
      }
    }
    return total
  }

  /// The same of a number, in whatever form it is written.
  static func of(seconds: JSONValue?) -> Int64? {
    guard let seconds else { return nil }
    // Very short times are in scientific notation.
    return of(seconds: seconds.text)
      ?? seconds.asDouble.flatMap { Int64(exactly: ($0 * 1000).rounded(.towardZero)) }
  }
}

// Steps over escaped text.
extension ArraySlice<UInt8> {
  /// What stands behind a beginning; nil where the text begins otherwise.
  func dropping(_ beginning: String) -> ArraySlice<UInt8>? {
    starts(with: beginning.utf8) ? dropFirst(beginning.utf8.count) : nil
  }

  /// Up to the first escaped line end; lines of headers are short, and no more than that is looked at.
  var firstEscapedLine: ArraySlice<UInt8> {
    let head = prefix(200)
    return head.firstIndex(ofEscape: UInt8(ascii: "n")).map { self[..<$0] } ?? head
  }

  /// Where the first escape of a letter stands.
  func firstIndex(ofEscape letter: UInt8) -> Int? {
    var position = startIndex
    while position + 1 < endIndex {
      if self[position] == UInt8(ascii: "\\") {
        if self[position + 1] == letter { return position }
        position += 1
      }
      position += 1
    }
    return nil
  }
}
