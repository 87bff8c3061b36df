import JSON

/// What became of a command, told by the text of its output (HISTORY.md 5, "Output texts").
struct CommandOutput {
  /// Without the header.
  var text = JSONText()
  var exitCode: Int32?
  /// Milliseconds, cut.
  var durationMs: Int64?
  /// What the output calls the command as long as it goes on.
  var sessionID: Int64?
  private var verdict: Verdict?

  /// What a text says about a command that has no exit code.
  private enum Verdict { case failed, declined }

  var isDeclined: Bool { verdict == .declined }

  /// Whether the command did what it should, or is still at it.
  var isCompleted: Bool { verdict == nil && (exitCode ?? 0) == 0 }

  init(_ output: JSONText) {
    text = output
    if output.begins(with: "{"), readObject(output) { return }
    if readHeader(output) { return }
    readVerdict(output)
  }

  /// The session that an output names, found without copying the output.
  static func sessionID(in payload: JSONValue) -> Int64? {
    CommandOutput(ToolOutput(payload["output"]).text).sessionID
  }

  /// Adds what a command said after it went on.
  mutating func `continue`(_ next: CommandOutput) {
    text += next.text
    exitCode = next.exitCode
    sessionID = next.sessionID
    verdict = next.verdict
    if let more = next.durationMs { durationMs = (durationMs ?? 0) + more }
  }

  /// `{"output": TEXT, "metadata": {"exit_code": N, "duration_seconds": X}}`
  private mutating func readObject(_ output: JSONText) -> Bool {
    let read = withParsed(Array(output.string.utf8)) { json -> CommandOutput? in
      guard let text = JSONText(json["output"]), let metadata = json["metadata"] else { return nil }
      var read = self
      read.text = text
      read.exitCode = metadata["exit_code"]?.integer(as: Int32.self)
      // Very short times are in scientific notation.
      let seconds = metadata["duration_seconds"]
      read.durationMs =
        seconds.flatMap { milliseconds($0.text) }
        ?? seconds?.asDouble.flatMap { Int64(exactly: ($0 * 1000).rounded(.towardZero)) }
      return read
    }
    guard let read else { return false }
    self = read
    return true
  }

  /// The lines before `Output:`. A header may stand in front of another one, which then counts.
  private mutating func readHeader(_ output: JSONText) -> Bool {
    guard let header = OutputHeader(output.escaped[...]) else { return false }
    exitCode = header.exitCode
    durationMs = header.durationMs
    sessionID = header.sessionID
    text = JSONText(alreadyEscaped: header.body)
    var isAborted = header.isAborted
    if !isAborted, exitCode == nil, sessionID == nil, let inner = OutputHeader(header.body) {
      exitCode = inner.exitCode
      durationMs = inner.durationMs ?? durationMs
      sessionID = inner.sessionID
      text = JSONText(alreadyEscaped: inner.body)
      isAborted = inner.isAborted
    }
    if isAborted { verdict = .failed }
    return true
  }

  private mutating func readVerdict(_ output: JSONText) {
    if output.begins(with: "aborted by user after ") {
      verdict = .failed
      let seconds = output.escaped.dropFirst("aborted by user after ".utf8.count)
      durationMs = milliseconds(seconds.prefix { $0 != UInt8(ascii: "s") })
    } else if output.contains("rejected by user") {
      verdict = .declined
    } else if output.contains(" verification failed: ")
      || output.begins(with: "exec_command failed: ")
    {
      verdict = .failed
    }
  }
}

/// The header of a command's output, read from escaped text, in which a line ends in `\n`.
struct OutputHeader {
  private(set) var exitCode: Int32?
  private(set) var durationMs: Int64?
  private(set) var sessionID: Int64?
  private(set) var isAborted = false
  /// What stands behind `Output:`.
  private(set) var body: ArraySlice<UInt8>

  /// Nil where the text does not begin with a header.
  init?(_ text: ArraySlice<UInt8>) {
    body = text
    var hasStarted = false
    while true {
      let line = Self.line(of: body)
      let rest = body.dropFirst(line.count)
      if hasStarted, line.elementsEqual("Output:".utf8) {
        body = rest.dropFirst(2)
        return
      }
      if hasStarted, line.elementsEqual("aborted by user".utf8) {
        isAborted = true
        body = rest.dropFirst(2)
        return
      }
      guard read(line), !rest.isEmpty else { return nil }
      hasStarted = true
      body = rest.dropFirst(2)
    }
  }

  /// Up to the next escaped line end; headers are short.
  private static func line(of text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let head = text.prefix(200)
    var end = head.startIndex
    while end + 1 < head.endIndex {
      if head[end] == UInt8(ascii: "\\"), head[end + 1] == UInt8(ascii: "n") { return text[..<end] }
      end += 1
    }
    return head
  }

  private mutating func read(_ line: ArraySlice<UInt8>) -> Bool {
    if let code = line.dropping("Exit code: ") ?? line.dropping("Process exited with code ") {
      exitCode = Int32(String(decoding: code, as: UTF8.self))
      return exitCode != nil
    }
    if let time = line.dropping("Wall time: ") {
      durationMs = milliseconds(time.prefix { $0 != UInt8(ascii: " ") })
      return durationMs != nil
    }
    if let session = line.dropping("Process running with session ID ") {
      sessionID = Int64(String(decoding: session, as: UTF8.self))
      return sessionID != nil
    }
    return line.dropping("Total output lines: ") != nil || line.dropping("Chunk ID: ") != nil
      || line.dropping("Original token count: ") != nil
  }
}

extension ArraySlice<UInt8> {
  fileprivate func dropping(_ prefix: String) -> ArraySlice<UInt8>? {
    starts(with: prefix.utf8) ? dropFirst(prefix.utf8.count) : nil
  }
}

/// Milliseconds of a number of seconds in decimal digits, cut and not rounded.
func milliseconds(_ seconds: some Collection<UInt8>) -> Int64? {
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
