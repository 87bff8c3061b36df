import JSON
import JSONRPC
import Protocol
import Rollouts

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

  static func touched(by params: Params, on server: Server) -> Touched {
    .wholeHome
  }

  static func respond(to params: Params, on server: Server) throws(RPCError) -> Reply<Response> {
    guard let term = SearchTerm(params.searchTerm.trimmed) else { throw .blankSearchTerm(name) }
    let query = try ListQuery(params)
    let search = ThreadSearcher(term, on: server)
    return .later(
      { (cancellation) throws(RPCError) in try search.page(query, unless: cancellation) },
      then: { (page, server) in
        for row in page.unread { server.tellLoss(of: row) }
        return .now(Response(page, on: server))
      })
  }
}

extension ListQuery {
  /// Threads of all providers; those that a person talks to unless others are asked for.
  fileprivate init(_ params: ThreadSearch.Params) throws(RPCError) {
    filter.isArchived = params.archived ?? false
    filter.sources = SourceFilter(params.sourceKinds)
    key = params.sortKey == nil || params.sortKey == .createdAt ? .createdAt : .updatedAt
    isDescending = params.sortDirection != .asc
    limit = PageLimit.rows(params.limit)
    cursor = try params.cursor.map { (text) throws(RPCError) in
      try ThreadCursor(text, isDescending ? .desc : .asc)
    }
  }
}

extension ThreadSearch.Response {
  fileprivate init(_ page: ThreadSearcher.Page, on server: Server) {
    let names = server.store.names.names()
    data = page.hits.map { hit in
      var result = ThreadSearchResult()
      result.thread = Protocol.Thread(
        hit.row, name: names[hit.row.id], loaded: server.loadedThreads[hit.row.id], on: server)
      result.snippet = hit.snippet.text
      return result
    }
    if page.hasMore {
      nextCursor = page.hits.last.map {
        ThreadCursor($0.key, including: false, asOf: page.moment).text
      }
    }
    backwardsCursor = page.hits.first.map { ThreadCursor($0.key, including: true).text }
  }
}
