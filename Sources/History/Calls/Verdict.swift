import JSON

/// A failure that the text of an output without a header reports (HISTORY.md 5).
enum Verdict {
  case failed
  /// The user or a rule refused the call.
  case declined

  /// Prefixes of texts of any tool.
  private static let prefixes: [(text: StaticString, verdict: Verdict)] = [
    ("aborted by user after ", .failed),
    ("unsupported call:", .failed),
    ("failed to parse function arguments", .failed),
    ("tool call error: ", .failed),
    ("execution error: ", .failed),
    ("failed in sandbox ", .failed),
    ("exec_command failed for ", .failed),
    ("exec_command failed: ", .failed),
    ("write_stdin failed: ", .failed),
    ("collab spawn failed: ", .failed),
  ]

  /// Phrases on the first line of texts of commands and patches.
  private static let phrases: [(text: StaticString, verdict: Verdict)] = [
    (" rejected: ", .declined),
    (" verification failed: ", .failed),
  ]

  /// The end of a refusal that quotes a command, which may have several lines.
  private static let refusalBehindCommand: StaticString = "` rejected: "
  private static let refusalByUser: StaticString = "rejected by user"

  /// Reads the output of any tool; nil where it reports no failure.
  init?(ofTool output: JSONText) {
    guard let found = Self.prefixes.first(where: { output.begins(with: $0.text) }) else {
      return nil
    }
    self = found.verdict
  }

  /// Reads the output of a command or a patch; nil where it reports no failure.
  init?(ofCommand output: JSONText) {
    let line = JSONText(alreadyEscaped: output.escaped.prefix(4096).firstLine)
    if output.contains(Self.refusalByUser)
      || output.begins(with: "`") && output.contains(Self.refusalBehindCommand)
    {
      self = .declined
    } else if let verdict = Verdict(ofTool: output) {
      self = verdict
    } else if let found = Self.phrases.first(where: { line.contains($0.text) }) {
      self = found.verdict
    } else {
      return nil
    }
  }
}

extension ArraySlice<UInt8> {
  fileprivate var firstLine: ArraySlice<UInt8> {
    firstIndex(ofEscape: UInt8(ascii: "n")).map { self[..<$0] } ?? self
  }
}

extension JSONText {
  /// Whether the text begins with these characters, none of which may need an escape.
  func begins(with plain: StaticString) -> Bool {
    escaped.starts(
      with: UnsafeBufferPointer(start: plain.utf8Start, count: plain.utf8CodeUnitCount))
  }

  /// Whether the text contains these characters, none of which may need an escape.
  func contains(_ plain: StaticString) -> Bool {
    escaped.withUnsafeBufferPointer { $0.contains(plain) }
  }
}
