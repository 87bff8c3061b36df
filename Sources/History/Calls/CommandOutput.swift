import JSON

/// The result of a command, as its output reports it (HISTORY.md 5, "Output texts").
struct CommandOutput {
  /// The output without the header.
  private(set) var text = JSONText()
  /// The exit code; nil while the command runs, and where the output has none.
  private(set) var exitCode: Int32?
  /// How long the command took, in whole milliseconds, cut; nil where the output does not contain
  /// it.
  private(set) var durationMs: Int64?
  /// The session id by which later calls continue the command; nil where it ended.
  private(set) var sessionID: Int64?
  /// The failure that the text reports; nil where it reports none.
  private var verdict: Verdict?
  /// Whether the text is a refusal of the program that did not run the command.
  private var isRefusal = false

  /// Whether the user or a rule refused the command.
  var isDeclined: Bool { verdict == .declined }

  /// Whether the command succeeded, or still runs.
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

  /// Adds the output of a call that continued the command. A refusal of that call is no output of
  /// the command.
  mutating func append(_ next: CommandOutput) {
    if next.isRefusal, next.durationMs == nil { return }
    if !next.isRefusal { text += next.text }
    exitCode = next.exitCode
    sessionID = next.sessionID
    verdict = next.verdict
    if let more = next.durationMs { durationMs = Milliseconds.sum(durationMs ?? 0, more) }
  }

  /// Reads an output that begins with a header or is an object; false for any other.
  private mutating func read(_ output: JSONText) -> Bool {
    output.begins(with: "{") && readObject(output) || readHeader(output)
  }

  /// Reads the output of a command that a failed script threw as its error.
  private mutating func readError(_ output: JSONText) -> Bool {
    guard let thrown = output.escaped.dropping(#"Script error:\n"#) else { return false }
    return read(JSONText(alreadyEscaped: thrown))
  }

  /// Reads `{"output": TEXT, "metadata": {"exit_code": N, "duration_seconds": X}}`, or, in a code
  /// cell, `{"output": TEXT, "exit_code": N, "wall_time_seconds": X, "session_id": N}`.
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

  /// Reads the lines before `Output:`. A second header behind the first one counts instead of it.
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

  /// Reads an output without a header, which may report a failure.
  private mutating func readVerdict(_ output: JSONText) {
    verdict = Verdict(ofCommand: output)
    isRefusal = verdict != nil
    if let seconds = output.escaped.dropping("aborted by user after ") {
      durationMs = Milliseconds.of(seconds: seconds.prefix { $0 != UInt8(ascii: "s") })
    }
  }
}
