package import History
package import Library
import Platform
package import Rollouts

/// The first part of a thread, which a fork or a new segment continues.
package struct HistoryPrefix: Sendable {
  /// The files of the prefix, the oldest first. The last link ends where the prefix ends.
  package let links: [RolloutChain.Link]
  /// The ordinal of the first record after the prefix; nil in threads without ordinals.
  let endOrdinal: Int64?

  /// Whether the prefix contains only the thread's header, in a thread with ordinals.
  var isAtBeginning: Bool { links.count == 1 && (endOrdinal ?? .max) <= 1 }

  /// The reference to the prefix for the header of another file; nil if the file or the position in
  /// it could not be found by that.
  func base(in store: RolloutStore) throws(ChangeError) -> HistoryBase? {
    let last = links[links.count - 1]
    guard let endOrdinal, last.endOrdinal == nil,
      let name = RolloutName(Path.lastComponent(of: last.file.path)),
      try ChangeError.readingFiles({ () throws(SystemError) in try store.contains(last.file.path) })
    else { return nil }
    return HistoryBase(id: name.lastID, endOrdinal: endOrdinal, endOffset: last.end)
  }
}

extension ThreadSnapshot {
  /// The prefix that contains the whole thread.
  package func wholePrefix() throws(LibraryError) -> HistoryPrefix {
    try prefix { (_) throws(SystemError) in nil }
  }

  /// The prefix that contains all records before a turn.
  package func prefix(before turn: TurnPlan) throws(LibraryError) -> HistoryPrefix {
    try prefix { (chain) throws(SystemError) in try chain.start(of: turn) }
  }

  /// The prefix that contains all records up to the end of a turn.
  package func prefix(through turn: TurnPlan) throws(LibraryError) -> HistoryPrefix {
    try prefix { (chain) throws(SystemError) in try chain.end(of: turn) }
  }

  /// Creates a prefix of the thread.
  ///
  /// - Parameter findEnd: Returns the first record after the prefix; nil for the whole thread.
  private func prefix(
    upTo findEnd: (RolloutChain) throws(SystemError) -> RecordLocation?
  ) throws(LibraryError) -> HistoryPrefix {
    try LibraryError.reading { () throws(SystemError) in
      guard let end = try findEnd(chain) else {
        return HistoryPrefix(links: chain.links, endOrdinal: try chain.nextOrdinal())
      }
      var links = chain.links(before: end)
      // If the record is the first of its file, the prefix ends with the file before it.
      if links.count > 1, links[links.count - 1].end == 0 { links.removeLast() }
      var ordinal = try RecordWindow.read(end, of: chain.files) { $0.ordinal }
      if ordinal == nil { ordinal = try RolloutChain(links).nextOrdinal() }
      return HistoryPrefix(links: links, endOrdinal: ordinal)
    }
  }
}
