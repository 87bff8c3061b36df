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
}

extension OpenedThread {
  /// Everything before a turn; all of the thread where there is no such turn.
  func cut(before turn: Int) throws(RPCError) -> ThreadCut {
    do throws(SystemError) {
      guard turn < stored.plan.turns.count else {
        let end = try chain.highestOrdinal().map { $0 + 1 }
        return ThreadCut(links: chain.links, endOrdinal: end)
      }
      let start = try chain.start(of: stored.plan.turns[turn])
      let links = chain.links(before: start)
      var end = try RecordWindow.read(start, of: chain.files) { $0.ordinal }
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
