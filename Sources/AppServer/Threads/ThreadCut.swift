import History
import JSONRPC
import Rollouts
import System

/// What of a thread's files a fork or a new segment stands on.
struct ThreadCut: Sendable {
  /// The files, the last of them up to the cut.
  let links: [RolloutChain.Link]
  /// Of the first record that no longer belongs; nil in threads without ordinals.
  let endOrdinal: Int64?

  /// Whether nothing but the thread's header stands before it, in a thread with ordinals.
  var isAtBeginning: Bool { links.count == 1 && (endOrdinal ?? .max) <= 1 }
}

extension OpenedThread {
  /// Everything of the thread.
  func wholeCut() throws(RPCError) -> ThreadCut { try cut { (_) throws(SystemError) in nil } }

  /// Everything that stands before a turn.
  func cut(before turn: TurnPlan) throws(RPCError) -> ThreadCut {
    try cut { (chain) throws(SystemError) in try chain.start(of: turn) }
  }

  /// Everything up to the end of a turn.
  func cut(behind turn: TurnPlan) throws(RPCError) -> ThreadCut {
    try cut { (chain) throws(SystemError) in try chain.end(of: turn) }
  }

  /// - Parameter find: Gives the first record that no longer belongs, or nil.
  private func cut(
    at find: (RolloutChain) throws(SystemError) -> RecordLocation?
  ) throws(RPCError) -> ThreadCut {
    do throws(SystemError) {
      guard let place = try find(chain) else {
        let end = try chain.highestOrdinal().map { $0 + 1 }
        return ThreadCut(links: chain.links, endOrdinal: end)
      }
      var links = chain.links(before: place)
      // The record may be the first one of a file that goes on with another.
      if links.count > 1, links[links.count - 1].end == 0 { links.removeLast() }
      var end = try RecordWindow.read(place, of: chain.files) { $0.ordinal }
      if end == nil { end = try RolloutChain(links).highestOrdinal().map { $0 + 1 } }
      return ThreadCut(links: links, endOrdinal: end)
    } catch {
      throw .unreadable(error)
    }
  }
}

extension Server {
  /// How another file refers to a cut; nil where it would not find the file, or not the place.
  func base(_ cut: ThreadCut) -> HistoryBase? {
    let last = cut.links[cut.links.count - 1]
    guard let ordinal = cut.endOrdinal, last.endOrdinal == nil,
      let name = RolloutName(Path.lastComponent(of: last.file.path)), store.contains(last.file.path)
    else { return nil }
    return HistoryBase(id: name.lastID, endOrdinal: ordinal, endOffset: last.end)
  }
}
