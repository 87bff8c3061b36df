import JSON
import JSONRPC
import Protocol
import System

/// `thread/search`: the threads that show a text, in pages, with where they first do.
enum ThreadSearch: Method {
  static let name = "thread/search"

  struct Params: WireObject {
    static let wireName = "ThreadSearchParams"

    var searchTerm = ""
    var archived: Bool?
    var cursor: String?
    /// 25 when absent; 0 counts as 1, and 100 are the most.
    var limit: UInt32?
    /// The newest first when absent.
    var sortDirection: SortDirection?
    var sortKey: ThreadSearchSortKey?
    /// The interactive ones when absent or empty.
    var sourceKinds: [ThreadSourceKind]?

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("searchTerm", &searchTerm)
      try field("archived", &archived)
      try field("cursor", &cursor)
      try field("limit", &limit)
      try field("sortDirection", &sortDirection)
      try field("sortKey", &sortKey)
      try field("sourceKinds", &sourceKinds)
    }
  }

  struct Response: WireObject {
    static let wireName = "ThreadSearchResponse"

    var data: [ThreadSearchResult] = []
    /// Null on the last page.
    var nextCursor: String?
    /// Where this page begins, itself included; null for an empty page.
    var backwardsCursor: String?

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("data", &data)
      try field("nextCursor", &nextCursor)
      try field("backwardsCursor", &backwardsCursor)
    }
  }

  static func respond(to params: Params, on server: Server) throws(RPCError) -> Reply<Response> {
    guard let term = SearchTerm(params.searchTerm) else { throw .blankSearchTerm(name) }
    let direction = params.sortDirection ?? .desc
    let start = try params.cursor.map { (text) throws(RPCError) in
      try ThreadCursor(text, direction).start
    }
    let store = server.store
    let catalog = server.catalog
    let directory = server.host.directory
    let log = server.log
    return .later(
      { (cancellation) throws(RPCError) in
        let threads = try catalog.searchedThreads(
          for: params, from: start, in: direction, unless: cancellation)
        let run = ThreadSearchRun(
          term: term, threads: threads, limit: PageLimit.rows(params.limit), store: store,
          directory: directory, log: log)
        return run.hits(unless: cancellation)
      },
      then: { (found, server) in
        .now(response(found.hits, hasMore: found.hasMore, on: server))
      })
  }

  private static func response(
    _ hits: [ThreadSearchRun.Hit], hasMore: Bool, on server: Server
  ) -> Response {
    var response = Response()
    response.data = hits.map { hit in
      var result = ThreadSearchResult()
      result.thread = Protocol.Thread(
        hit.thread, loaded: server.loadedThreads[hit.thread.id], on: server)
      result.snippet = hit.snippet.text
      return result
    }
    if hasMore, let last = hits.last {
      response.nextCursor = ThreadCursor(last.position, including: false).text
    }
    response.backwardsCursor = hits.first.map { ThreadCursor($0.position, including: true).text }
    return response
  }
}
