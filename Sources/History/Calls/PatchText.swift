import Rollouts

/// A patch in the format of apply_patch: which files it adds, changes and deletes.
struct PatchText {
  /// A patch that a command applies, and where.
  struct Applied {
    let patch: PatchText
    /// The directory that the command changes to first; nil where it stays in its own.
    let directory: String?
  }

  /// What a patch does to a file.
  enum Kind: Equatable {
    case add, delete
    case update(movedTo: String?)
  }

  /// The change of one file.
  struct Change: Equatable {
    var path: String
    var kind: Kind
    /// The lines of an added file or the hunks of a changed one, each line with its end.
    var diff: String
  }

  /// The changes in the order of the text.
  private(set) var changes: [Change] = []

  /// Reads a patch; nil where the text is no patch, or more than one.
  init?(_ text: some StringProtocol) {
    // Lines are split by bytes, since CR LF is one character, and so is a character with a
    // combining one behind it.
    var lines = text.trimmed.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
      .map { Substring($0) }[...]
    guard lines.popFirst()?.trimmed == "*** Begin Patch",
      lines.popLast()?.trimmed == "*** End Patch"
    else { return nil }
    while let header = lines.popFirst() {
      guard var change = Self.change(header) else { return nil }
      if case .update = change.kind, let target = lines.first?.dropping("*** Move to: ") {
        change.kind = .update(movedTo: target.trimmed)
        lines = lines.dropFirst()
      }
      let body = lines.prefix { Self.change($0) == nil }
      lines = lines.dropFirst(body.count)
      change.diff = Self.diff(body, of: change.kind)
      changes.append(change)
    }
    guard !changes.isEmpty else { return nil }
  }

  /// The change whose header a line is; nil where it is none.
  private static func change(_ line: Substring) -> Change? {
    if let path = line.dropping("*** Add File: ") {
      Change(path: path.trimmed, kind: .add, diff: "")
    } else if let path = line.dropping("*** Update File: ") {
      Change(path: path.trimmed, kind: .update(movedTo: nil), diff: "")
    } else if let path = line.dropping("*** Delete File: ") {
      Change(path: path.trimmed, kind: .delete, diff: "")
    } else {
      nil
    }
  }

  /// The diff in the lines below a header.
  private static func diff(_ lines: ArraySlice<Substring>, of kind: Kind) -> String {
    switch kind {
    case .add: lines.compactMap { $0.dropping("+") }.map { $0 + "\n" }.joined()
    case .delete: ""
    case .update: lines.map { $0 + "\n" }.joined()
    }
  }
}

extension PatchText {
  /// The patch that the words of a command apply; nil where the command does anything else, or more
  /// (HISTORY.md 5).
  static func applied(by command: [String]) -> Applied? {
    if command.count == 2, isApplyPatch(command[0]) {
      return PatchText(command[1]).map { Applied(patch: $0, directory: nil) }
    }
    if command.count == 3, command[1] == "-lc" || command[1] == "-c",
      ["bash", "zsh", "sh"].contains(where: { command[0] == $0 || command[0].hasSuffix("/\($0)") })
    {
      return applied(byScript: command[2])
    }
    return nil
  }

  /// The patch in a script of the form `apply_patch <<'EOF'`, the patch, `EOF`. A `cd DIR &&` may
  /// precede it, and the last line may be missing, of which shells only warn.
  static func applied(byScript script: String) -> Applied? {
    var rest = script.trimmed[...]
    var directory: String?
    if let behind = rest.dropping("cd "), let end = behind.firstIndex(of: "&") {
      directory = unquoted(behind[..<end].trimmed)
      guard directory != nil, let next = behind[end...].dropping("&&") else { return nil }
      rest = next.trimmed[...]
    }
    guard let space = rest.firstIndex(where: { $0 == " " || $0 == "<" }),
      isApplyPatch(String(rest[..<space])),
      let heredoc = String(rest[space...]).trimmed[...].dropping("<<"),
      let lineEnd = heredoc.firstIndex(of: "\n"),
      let mark = unquoted(heredoc[..<lineEnd].trimmed)
    else { return nil }
    let text = document(heredoc[heredoc.index(after: lineEnd)...], endedBy: mark)
    return text.flatMap { PatchText($0) }.map { Applied(patch: $0, directory: directory) }
  }

  /// The lines of a heredoc, which ends with its mark or with the text; nil where more follows.
  private static func document(_ lines: Substring, endedBy mark: String) -> Substring? {
    guard !mark.isEmpty else { return nil }
    if lines.hasSuffix("\n" + mark) { return lines.dropLast(mark.count + 1) }
    return lines.utf8.split(separator: 0x0A).contains { Substring($0) == mark } ? nil : lines
  }

  /// Whether a word is a name of the program that applies patches.
  private static func isApplyPatch(_ word: String) -> Bool {
    word == ToolName.applyPatch || word == "applypatch"
  }

  /// A single word without its quotes; nil where there are several words.
  private static func unquoted(_ word: String) -> String? {
    for quote in ["'", "\""] where word.count >= 2 && word.hasPrefix(quote) && word.hasSuffix(quote)
    {
      let inner = String(word.dropFirst().dropLast())
      return inner.contains(quote) ? nil : inner
    }
    return word.contains(where: { " \t\n;|&'\"".contains($0) }) ? nil : word
  }
}

extension Substring {
  /// The text behind a prefix; nil where it has another beginning.
  func dropping(_ beginning: String) -> Substring? {
    utf8.starts(with: beginning.utf8) ? Substring(utf8.dropFirst(beginning.utf8.count)) : nil
  }
}
