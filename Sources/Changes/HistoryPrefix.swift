package import History
package import Library
import Platform
package import Rollouts

/// The beginning of a thread that a fork or a new segment goes on from.
package struct HistoryPrefix: Sendable {
  /// The files, the last of them up to where the prefix ends.
  package let links: [RolloutChain.Link]
  /// Of the first record that no longer belongs; nil in threads without ordinals.
  let endOrdinal: Int64?

  /// Whether the prefix holds nothing but the thread's header, in a thread with ordinals.
  var isAtBeginning: Bool { links.count == 1 && (endOrdinal ?? .max) <= 1 }

  /// How another file refers to the prefix; nil where the file or the place in it would not be found.
  func base(in store: RolloutStore) -> HistoryBase? {
    let last = links[links.count - 1]
    guard let endOrdinal, last.endOrdinal == nil,
      let name = RolloutName(Path.lastComponent(of: last.file.path)), store.contains(last.file.path)
    else { return nil }
    return HistoryBase(id: name.lastID, endOrdinal: endOrdinal, endOffset: last.end)
  }
}

extension ThreadSnapshot {
  /// Everything of the thread.
  package func wholePrefix() throws(LibraryError) -> HistoryPrefix {
    try prefix { (_) throws(SystemError) in nil }
  }

  /// Everything that comes before a turn.
  package func prefix(before turn: TurnPlan) throws(LibraryError) -> HistoryPrefix {
    try prefix { (chain) throws(SystemError) in try chain.start(of: turn) }
  }

  /// Everything up to the end of a turn.
  package func prefix(through turn: TurnPlan) throws(LibraryError) -> HistoryPrefix {
    try prefix { (chain) throws(SystemError) in try chain.end(of: turn) }
  }

  /// - Parameter findEnd: Gives the first record that no longer belongs, or nil.
  private func prefix(
    upTo findEnd: (RolloutChain) throws(SystemError) -> RecordLocation?
  ) throws(LibraryError) -> HistoryPrefix {
    try LibraryError.reading { () throws(SystemError) in
      guard let end = try findEnd(chain) else {
        return HistoryPrefix(links: chain.links, endOrdinal: try chain.nextOrdinal())
      }
      var links = chain.links(before: end)
      // The record may be the first one of a file that goes on with another.
      if links.count > 1, links[links.count - 1].end == 0 { links.removeLast() }
      var ordinal = try RecordWindow.read(end, of: chain.files) { $0.ordinal }
      if ordinal == nil { ordinal = try RolloutChain(links).nextOrdinal() }
      return HistoryPrefix(links: links, endOrdinal: ordinal)
    }
  }
}
