package import System

/// Adds records to the end of a rollout, whole or not at all (ROLLOUTS.md 6.2).
///
/// Only who may write the thread may use it: see `WriterLock`. Programs that know no locks are
/// noticed by what they leave: another file under the name, or another size.
package final class RolloutAppender {
  private let file: File
  /// Nil for a file without a name.
  private let path: String?
  /// The file's size when it was last looked at, in bytes.
  private var size = 0
  private var endsWithLineEnd = true
  /// Of the next record; nil in threads without ordinals.
  private var nextOrdinal: Int64?
  private let lineEnd = UInt8(ascii: "\n")

  /// - Parameters:
  ///   - chain: The thread's files, of which the head is written to.
  ///   - path: The name of the head, nil where it has none.
  package init(_ chain: RolloutChain, path: String?) throws(SystemError) {
    self.path = path
    file =
      try path.map { (path) throws(SystemError) in
        try File(path, for: .appending)
      } ?? chain.head
    size = chain.links[chain.links.count - 1].end
    nextOrdinal = try chain.highestOrdinal().map { $0 + 1 }
    try lookAtEnd()
    try catchUp()
  }

  /// Whether the name still stands for the file; otherwise a new appender is needed.
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
    try catchUp()
    var records = RecordWriter(time: time, ordinal: nextOrdinal)
    add(&records)
    let bytes = endsWithLineEnd ? records.bytes : [lineEnd] + records.bytes
    do throws(SystemError) {
      try file.append(bytes.span.bytes)
    } catch {
      takeBack(upTo: bytes.count)
      throw error
    }
    size += bytes.count
    endsWithLineEnd = true
    nextOrdinal = records.ordinal
  }

  /// Learns what others appended since.
  private func catchUp() throws(SystemError) {
    let now = try file.status().size
    guard now != size else { return }
    if nextOrdinal != nil {
      var highest = HighestOrdinal(ordinal: nextOrdinal.map { $0 - 1 })
      try highest.read(file, in: min(size, now)..<now)
      nextOrdinal = highest.ordinal.map { $0 + 1 }
    }
    size = now
    try lookAtEnd()
  }

  private func lookAtEnd() throws(SystemError) {
    let last = size > 0 ? try file.byte(at: size - 1) : nil
    endsWithLineEnd = last ?? lineEnd == lineEnd
  }

  /// Removes a part of a write, but nothing that another program wrote.
  private func takeBack(upTo count: Int) {
    guard let now = try? file.status().size, now > size, now - size <= count else { return }
    try? file.truncate(to: size)
  }
}
