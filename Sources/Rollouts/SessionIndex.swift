import JSON
package import Platform
import Synchronization

/// The names of threads: `session_index.jsonl`, to which every rename adds a line (ROLLOUTS.md 1.1).
package struct SessionIndex: Sendable {
  let path: String
  let memory = Memory()

  package init(home: String) { path = Path.join(home, "session_index.jsonl") }

  /// The name that the last line about the thread gives it.
  ///
  /// - Returns: Nil where there is none, or where it is blank, or where the file cannot be read:
  ///   a name is never worth an error.
  package func name(of thread: UUID) -> String? { names()[thread] }

  /// The names of all threads; the file is read only if it is another one than the last time.
  package func names() -> [UUID: String] {
    if let status = try? FileStatus(path: path), let known = memory.names(if: status) {
      return known
    }
    guard let file = try? File(path, for: .reading), let status = try? file.status() else {
      return [:]
    }
    let names = Self.names(in: file, size: status.size)
    memory.keep(names, status)
    return names
  }

  private static func names(in file: File, size: Int) -> [UUID: String] {
    let lines = LineReader(file, in: 0..<size)
    let parser = JSONParser()
    var names: [UUID: String] = [:]
    while let line = try? lines.next(ifLong: { _, _ in .kept }) {
      var values = LineValues(line.bytes, parser)
      while let (entry, _) = values.next() {
        guard let thread = thread(of: entry),
          let name = entry.string("thread_name")?.trimmed, !name.isEmpty
        else { continue }
        names[thread] = name
      }
    }
    return names
  }

  /// The thread that a value of the index is about.
  static func thread(of entry: JSONValue) -> UUID? { entry.string("id").flatMap { try? UUID($0) } }

  /// What was read last, and from what.
  final class Memory: Sendable {
    private let known = Mutex<(status: FileStatus, names: [UUID: String])?>(nil)
    /// Locked by a thread of this process that changes the file. Other processes are kept out by a
    /// lock of the home where that matters.
    let change = Mutex(())

    func names(if status: FileStatus) -> [UUID: String]? {
      known.withLock { $0?.status == status ? $0?.names : nil }
    }

    func keep(_ names: [UUID: String], _ status: FileStatus) {
      known.withLock { $0 = (status, names) }
    }
  }
}

extension StringProtocol {
  /// Without white space at both ends.
  package var trimmed: String {
    if hasPlainEnds { return String(self) }
    guard let start = firstIndex(where: { !$0.isWhitespace }),
      let last = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(self[start...last])
  }
  /// Whether letters of ASCII stand at both ends, which is quickly seen and mostly so.
  private var hasPlainEnds: Bool {
    guard let first = unicodeScalars.first, let last = unicodeScalars.last else { return true }
    return ("!"..."~").contains(first) && ("!"..."~").contains(last)
  }
}
