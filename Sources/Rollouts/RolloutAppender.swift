package import Platform
import Synchronization

/// Adds records to the end of a rollout, whole or not at all (ROLLOUTS.md 6.2).
///
/// Only who may write the thread may use it: see `WriterLock`. Programs that know no locks are
/// noticed by what they leave: another file under the name, or another size.
package final class RolloutAppender: Sendable {
  /// What is known of the end of the file.
  private struct End {
    /// The file's size when it was last looked at, in bytes.
    var size: Int
    var hasLineEnd = true
    /// Of the next record; nil in threads without ordinals.
    var nextOrdinal: Int64?
  }

  private let file: File
  /// Nil for a file without a name.
  private let path: String?
  private let end: Mutex<End>

  /// - Parameters:
  ///   - chain: The thread's files, of which the head is written to.
  ///   - path: The name of the head, nil where it has none.
  package init(_ chain: RolloutChain, path: String?) throws(SystemError) {
    self.path = path
    file =
      try path.map { (path) throws(SystemError) in
        try File(path, for: .appending)
      } ?? chain.head
    var end = End(
      size: chain.links[chain.links.count - 1].end, nextOrdinal: try chain.nextOrdinal())
    try Self.lookAtEnd(of: file, &end)
    try Self.catchUp(with: file, &end)
    self.end = Mutex(end)
  }

  /// Whether the name still leads to the file; otherwise a new appender is needed.
  package func isCurrent() throws(SystemError) -> Bool {
    guard let path else { return true }
    return try file.isNamed(path)
  }

  /// Appends the records that `add` forms, in one write; after an error none of them is there.
  ///
  /// - Parameter time: Of all of them, in ms since 1970.
  package func append(
    at time: Int64, _ add: (inout RecordWriter) -> Void
  ) throws(SystemError) {
    try end.withLock { (end) throws(SystemError) in
      try Self.catchUp(with: file, &end)
      var records = RecordWriter(time: time, ordinal: end.nextOrdinal)
      add(&records)
      let bytes = end.hasLineEnd ? records.bytes : [lineEnd] + records.bytes
      do throws(SystemError) {
        try file.append(bytes.span.bytes)
      } catch {
        takeBack(upTo: bytes.count, from: end.size)
        throw error
      }
      end = End(size: end.size + bytes.count, nextOrdinal: records.ordinal)
    }
  }

  /// Learns what others appended since.
  private static func catchUp(with file: File, _ end: inout End) throws(SystemError) {
    let now = try file.status().size
    guard now != end.size else { return }
    if let next = end.nextOrdinal {
      var highest = HighestOrdinal(ordinal: next - 1)
      try highest.read(file, in: min(end.size, now)..<now)
      end.nextOrdinal = highest.ordinal.map { $0 + 1 }
    }
    end.size = now
    try lookAtEnd(of: file, &end)
  }

  private static func lookAtEnd(of file: File, _ end: inout End) throws(SystemError) {
    let last = end.size > 0 ? try file.byte(at: end.size - 1) : nil
    end.hasLineEnd = last ?? lineEnd == lineEnd
  }

  /// Removes a part of a write, but nothing that another program wrote.
  ///
  /// - Parameter size: That of the file before the write, in bytes.
  private func takeBack(upTo count: Int, from size: Int) {
    guard let now = try? file.status().size, now > size, now - size <= count else { return }
    try? file.truncate(to: size)
  }
}

private let lineEnd = UInt8(ascii: "\n")
