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

extension RolloutStore {
  /// The threads that a search goes through, in the order of its hits.
  ///
  /// - Parameter start: Where they begin; nil for all.
  func searchedThreads(
    for params: ThreadSearch.Params, from start: Page<ThreadPosition>.Start?,
    in direction: SortDirection
  ) throws(RPCError) -> [SearchedThread] {
    let kinds = params.sourceKinds.flatMap { $0.isEmpty ? nil : $0 } ?? ThreadSourceKind.interactive
    let threads = try searchedThreads(archived: params.archived ?? false, kinds: kinds)
    let places = Dictionary(uniqueKeysWithValues: threads.map { ($0.position, $0) })
    let page = Page(of: places.keys.sorted(), from: start, in: direction, limit: .max)
    return page.rows.compactMap { places[$0] }
  }

  private func searchedThreads(
    archived: Bool, kinds: [ThreadSourceKind]
  ) throws(RPCError) -> [SearchedThread] {
    var claims: [UUID: [(file: RolloutFile, claim: ThreadClaim)]] = [:]
    var metas: [String: SessionMeta] = [:]
    for file in try listedFiles(archived: archived) {
      let meta = (try? File(file.path, for: .reading)).flatMap {
        try? HeadReader.sessionMeta(of: $0)
      }
      let claim = ThreadClaim(file.name, meta)
      guard let id = claim.id else { continue }
      claims[id, default: []].append((file, claim))
      metas[file.path] = meta
    }
    return claims.values.compactMap { claims in
      guard let place = best(of: claims), let meta = metas[place.path],
        kinds.contains(where: { $0.includes(SessionSource(meta)) })
      else { return nil }
      let time = meta.createdAt ?? meta.writtenAt ?? place.id.timestamp ?? 0
      return SearchedThread(place: place, position: ThreadPosition(time: time, id: place.id))
    }
  }

  private func listedFiles(archived: Bool) throws(RPCError) -> [RolloutFile] {
    let home = RolloutHome(path: home)
    do throws(SystemError) {
      if archived { return try home.files(in: home.archive) }
      var files: [RolloutFile] = []
      for folder in try home.dayFolders() { files += (try? home.files(in: folder)) ?? [] }
      return files
    } catch {
      throw .unreadable(error)
    }
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
