import JSON
package import System

/// The names of threads: `session_index.jsonl`, to which every rename adds a line (ROLLOUTS.md 1.1).
package struct SessionIndex: Sendable {
  private let path: String

  package init(home: String) { path = Path.join(home, "session_index.jsonl") }

  /// The name that the last line about the thread gives it.
  ///
  /// - Returns: Nil where there is none, or where it is blank, or where the file cannot be read:
  ///   a name is never worth an error.
  package func name(of thread: UUID) -> String? {
    guard let file = try? File(path, for: .reading), let size = try? file.status().size else {
      return nil
    }
    let lines = LineReader(file, in: 0..<size)
    let parser = JSONParser()
    let wanted = thread.description
    var name: String?
    while let line = try? lines.next(skippingIf: { _, _ in false }) {
      guard let entry = try? parser.parse(line.bytes, mode: .lenient),
        entry.string("id")?.lowercased() == wanted, let text = entry.string("thread_name")
      else { continue }
      let trimmed = text.trimmed
      if !trimmed.isEmpty { name = trimmed }
    }
    return name
  }
}

extension StringProtocol {
  /// Without white space at both ends.
  package var trimmed: String {
    guard let start = firstIndex(where: { !$0.isWhitespace }),
      let last = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(self[start...last])
  }
}
