import JSON
package import Platform
import Synchronization

/// The names of threads, from the file `session_index.jsonl`. Every rename appends a line to it
/// (ROLLOUTS.md 1.1).
package struct SessionIndex: Sendable {
  let path: String
  let memory = Memory()

  /// Creates an index.
  ///
  /// - Parameter home: The absolute path of the home.
  package init(home: String) { path = Path.join(home, "session_index.jsonl") }

  /// The name of a thread, from the last line about it.
  ///
  /// - Returns: Nil if the thread has no name, or a blank one, or if the file cannot be read: a
  ///   request does not fail because of a name.
  package func name(of thread: UUID) -> String? { names()[thread] }

  /// The names of all threads. The file is read only if it has changed since the last call. If it
  /// cannot be read, names are missing, and `failure` tells why.
  package func names() -> [UUID: String] {
    var names: [UUID: String] = [:]
    do throws(SystemError) {
      guard let status = try FileStatus(ifAt: path) else {
        memory.note(nil)
        return [:]
      }
      if let known = memory.names(if: status) {
        memory.note(nil)
        return known
      }
      let file = try File(path, for: .reading)
      let openStatus = try file.status()
      try Self.read(file, upTo: openStatus.size, into: &names)
      memory.keep(names, openStatus)
      memory.note(nil)
    } catch {
      memory.note(error)
    }
    return names
  }

  /// Why the last call of `names` could not read the whole file; nil if it could.
  package var failure: SystemError? { memory.failure }

  /// Whether `names` would not read the file.
  package var isInMemory: Bool {
    guard let status = try? FileStatus(path: path) else { return true }
    return memory.names(if: status) != nil
  }

  private static func read(
    _ file: File, upTo size: Int, into names: inout [UUID: String]
  ) throws(SystemError) {
    let lines = LineReader(file, in: 0..<size)
    let parser = JSONParser()
    while let line = try lines.next(ifLong: { _, _ in .kept }) {
      var values = LineValues(line.bytes, parser)
      while let (entry, _) = values.next() {
        guard let thread = thread(of: entry),
          let name = entry.string("thread_name")?.trimmed, !name.isEmpty
        else { continue }
        names[thread] = name
      }
    }
  }

  /// The id of the thread that an entry of the index names; nil if it names none.
  static func thread(of entry: JSONValue) -> UUID? { entry.string("id").flatMap { try? UUID($0) } }

  /// The names that were read last, with the status of the file.
  final class Memory: Sendable {
    private let lastFailure = Mutex<SystemError?>(nil)
    private let known = Mutex<(status: FileStatus, names: [UUID: String])?>(nil)

    /// Why the file could not be read the last time; nil if it could.
    var failure: SystemError? { lastFailure.withLock { $0 } }

    func note(_ failure: SystemError?) { lastFailure.withLock { $0 = failure } }

    func names(if status: FileStatus) -> [UUID: String]? {
      known.withLock { $0?.status == status ? $0?.names : nil }
    }

    func keep(_ names: [UUID: String], _ status: FileStatus) {
      known.withLock { $0 = (status, names) }
    }
  }
}

extension StringProtocol {
  /// The text without white space at both ends.
  package var trimmed: String {
    if hasPlainEnds { return String(self) }
    guard let start = firstIndex(where: { !$0.isWhitespace }),
      let last = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(self[start...last])
  }
  /// Whether the first and the last character are visible ASCII characters, so that nothing has to
  /// be removed. This is the usual case.
  private var hasPlainEnds: Bool {
    guard let first = unicodeScalars.first, let last = unicodeScalars.last else { return true }
    return ("!"..."~").contains(first) && ("!"..."~").contains(last)
  }
}
