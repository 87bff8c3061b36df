package import Platform
import Synchronization

/// Appends records to a rollout, all of a call or none (ROLLOUTS.md 6.2).
///
/// The caller must hold the thread's `WriterLock`. Writes of programs that do not use locks are
/// detected by the size of the file, or because the path leads to another file.
package final class RolloutAppender: Sendable {
  /// What is known about the end of the file.
  private struct End {
    /// The size of the file when it was last checked, in bytes.
    var size: Int
    var hasLineEnd = true
    /// The ordinal of the next record; nil in threads without ordinals.
    var nextOrdinal: Int64?
  }

  private let file: File
  /// The path of the file; nil for a file without a name.
  private let path: String?
  private let end: Mutex<End>

  /// Opens the head of a chain for appending.
  ///
  /// - Parameters:
  ///   - chain: The files of the thread, whose head is appended to.
  ///   - path: The path of the head; nil if it has no name.
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

  /// Whether the path still leads to the file. If not, a new appender is needed.
  package func isCurrent() throws(SystemError) -> Bool {
    guard let path else { return true }
    return try file.isNamed(path)
  }

  /// Appends the records that `add` writes, in one write. After an error none of them is in the
  /// file.
  ///
  /// - Parameter time: The timestamp of the records, in milliseconds since 1970.
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

  /// Takes into account what other programs have appended since the last check.
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

  /// Removes the bytes of an incomplete write, unless another program has written to the file.
  ///
  /// - Parameters:
  ///   - count: The number of bytes that should have been written.
  ///   - size: The size of the file before the write, in bytes.
  private func takeBack(upTo count: Int, from size: Int) {
    guard let now = try? file.status().size, now > size, now - size < count else { return }
    try? file.truncate(to: size)
  }
}

private let lineEnd = UInt8(ascii: "\n")
