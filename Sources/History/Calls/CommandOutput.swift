import JSON

/// What became of a command, told by its output (HISTORY.md 5, "Output texts").
struct CommandOutput {
  /// Without the header.
  private(set) var text = JSONText()
  private(set) var exitCode: Int32?
  /// Cut, not rounded.
  private(set) var durationMs: Int64?
  /// What the output calls the command as long as it goes on.
  private(set) var sessionID: Int64?
  /// What the text says about a command that has no exit code.
  private var verdict: Verdict?
  /// Whether the text is not of the command, but of the program that did not run it.
  private var isRefusal = false

  var isDeclined: Bool { verdict == .declined }

  /// Whether the command did what it should, or is still at it.
  var isCompleted: Bool { verdict == nil && (exitCode ?? 0) == 0 }

  init(_ output: ToolOutput) {
    text = output.text
    guard let cell = output.cell else {
      if !read(output.text) { readVerdict(output.text) }
      return
    }
    if !read(output.text), !readError(output.text) {
      readVerdict(output.text)
      durationMs = cell.durationMs
    }
    if cell.hasFailed, verdict == nil { verdict = .failed }
  }

  /// Adds what a command said after it went on. What says that the command was not reached is nothing
  /// that it said.
  mutating func append(_ next: CommandOutput) {
    if next.isRefusal, next.durationMs == nil { return }
    if !next.isRefusal { text += next.text }
    exitCode = next.exitCode
    sessionID = next.sessionID
    verdict = next.verdict
    if let more = next.durationMs { durationMs = Milliseconds.sum(durationMs ?? 0, more) }
  }

  /// Reads an output that begins with a header, or is an object; false for any other.
  private mutating func read(_ output: JSONText) -> Bool {
    output.begins(with: "{") && readObject(output) || readHeader(output)
  }

  /// Reads what a script that failed threw: the output of its command.
  private mutating func readError(_ output: JSONText) -> Bool {
    guard let thrown = output.escaped.dropping(#"Script error:\n"#) else { return false }
    return read(JSONText(alreadyEscaped: thrown))
  }

  /// `{"output": TEXT, "metadata": {"exit_code": N, "duration_seconds": X}}`, or, of a code cell,
  /// `{"output": TEXT, "exit_code": N, "wall_time_seconds": X, "session_id": N}`
  private mutating func readObject(_ output: JSONText) -> Bool {
    let read = Array(output.string.utf8).withJSON { json -> CommandOutput? in
      let members = json["metadata"] ?? (json["wall_time_seconds"] == nil ? nil : json)
      guard let text = JSONText(json["output"]), let members else { return nil }
      var read = self
      read.text = text
      read.exitCode = members["exit_code"]?.integer(as: Int32.self)
      read.durationMs = Milliseconds.of(
        seconds: members["duration_seconds"] ?? members["wall_time_seconds"])
      read.sessionID = members["session_id"]?.asWholeNumber
      return read
    }
    guard let read else { return false }
    self = read
    return true
  }

  /// The lines before `Output:`. A header may stand in front of another one, which then counts.
  private mutating func readHeader(_ output: JSONText) -> Bool {
    guard var header = OutputHeader(output.escaped[...]) else { return false }
    durationMs = header.durationMs
    if !header.isAborted, header.exitCode == nil, header.sessionID == nil,
      let inner = OutputHeader(header.body)
    {
      header = inner
    }
    exitCode = header.exitCode
    durationMs = header.durationMs ?? durationMs
    sessionID = header.sessionID
    text = JSONText(alreadyEscaped: header.body)
    if header.isAborted { verdict = .failed }
    return true
  }

  private mutating func readVerdict(_ output: JSONText) {
    verdict = Verdict(ofCommand: output)
    isRefusal = verdict != nil
    if let seconds = output.escaped.dropping("aborted by user after ") {
      durationMs = Milliseconds.of(seconds: seconds.prefix { $0 != UInt8(ascii: "s") })
    }
  }
}
