import JSON
import JSONRPC
import Protocol
import Rollouts
import System

/// A thread that a search goes through, and its place in the order of the hits.
struct SearchedThread: Sendable {
  let place: RolloutStore.Place
  let position: ThreadPosition
}

/// A place in the order of a list of threads: no two threads have the same.
struct ThreadPosition: Comparable, Hashable, Sendable {
  /// What the list is sorted by, in ms since 1970.
  let time: Int64
  let id: UUID

  static func < (one: ThreadPosition, other: ThreadPosition) -> Bool {
    (one.time, one.id) < (other.time, other.id)
  }
}

extension ThreadCatalog {
  /// The threads that a search goes through, in the order of its hits.
  ///
  /// - Parameter start: Where they begin; nil for all.
  func searchedThreads(
    for params: ThreadSearch.Params, from start: Page<ThreadPosition>.Start?,
    in direction: SortDirection, unless cancellation: Cancellation
  ) throws(RPCError) -> [SearchedThread] {
    let kinds = params.sourceKinds.flatMap { $0.isEmpty ? nil : $0 } ?? ThreadSourceKind.interactive
    let isArchived = params.archived ?? false
    let rows = try rows(cancellation).filter { $0.place.isArchived == isArchived }
    let isByCreation = params.sortKey == nil || params.sortKey == .createdAt
    var places: [ThreadPosition: SearchedThread] = [:]
    for row in rows where kinds.contains(where: { $0.includes(row.source) }) {
      let time = isByCreation ? row.createdAt : row.updatedAt
      let position = ThreadPosition(time: time, id: row.id)
      places[position] = SearchedThread(place: row.place, position: position)
    }
    let page = Page(of: places.keys.sorted(), from: start, in: direction, limit: .max)
    return page.rows.compactMap { places[$0] }
  }
}

extension ThreadSourceKind {
  /// What people work with themselves: where a list is not narrowed down, it shows these.
  static let interactive: [ThreadSourceKind] = [.cli, .vscode]

  /// Whether a source is of this kind; one that a program made up is of none.
  func includes(_ source: SessionSource) -> Bool {
    switch (self, source) {
    case (.cli, .cli), (.vscode, .vscode), (.exec, .exec), (.appServer, .appServer),
      (.unknown, .unknown), (.subAgent, .subAgent):
      true
    case (.subAgentReview, .subAgent(let agent)): agent == RawJSON("review")
    case (.subAgentCompact, .subAgent(let agent)): agent == RawJSON("compact")
    case (.subAgentThreadSpawn, .subAgent(let agent)): agent.has("thread_spawn")
    case (.subAgentOther, .subAgent(let agent)): agent.has("other")
    default: false
    }
  }
}

extension RawJSON {
  fileprivate func has(_ member: StaticString) -> Bool {
    (try? withJSON(bytes) { (json) throws(JSONError) in json[member] != nil }) ?? false
  }
}
