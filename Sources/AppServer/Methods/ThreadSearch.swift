import JSON
import JSONRPC
import Library
import Protocol
import Rollouts

/// `thread/search`: lists the threads that contain a text, in pages, each with its first
/// occurrence.
enum ThreadSearch: Method {
  static let name = "thread/search"

  struct Params: WireObject {
    static let wireName = "ThreadSearchParams"

    var searchTerm = ""
    var archived: Bool?
    var cursor: String?
    /// The greatest number of threads: 25 if absent, at least 1, at most 100.
    var limit: UInt32?
    /// The order of the threads; the newest first if absent.
    var sortDirection: SortDirection?
    var sortKey: ThreadSearchSortKey?
    /// The kinds of sources: the interactive ones if absent or empty.
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
    /// The cursor to the next page; null on the last page.
    var nextCursor: String?
    /// The cursor to the first thread of this page, for reading in the opposite direction; null for
    /// an empty page.
    var backwardsCursor: String?

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("data", &data)
      try field("nextCursor", &nextCursor)
      try field("backwardsCursor", &backwardsCursor)
    }
  }

  static func touches(_ params: Params) -> Touches { .wholeHome }

  static func respond(
    to params: Params, _ context: RequestContext
  ) throws -> Reply<Response> {
    guard let term = SearchTerm(params.searchTerm.trimmed) else {
      throw RPCError.blankSearchTerm(name)
    }
    let session = context.session
    let page = try ThreadSearcher(term, in: session.library).page(
      ListQuery(params), unless: context.cancellation)
    session.report(page.losses)
    session.report(page.unread)
    return .value(Response(page, session))
  }
}

extension ListQuery {
  /// Creates the query of a request. It covers all model providers, and interactive sources unless
  /// the request names others.
  fileprivate init(_ params: ThreadSearch.Params) throws(LibraryError) {
    self.init()
    filter.isArchived = params.archived ?? false
    filter.sources = SourceFilter(params.sourceKinds)
    key = params.sortKey == nil || params.sortKey == .createdAt ? .createdAt : .updatedAt
    isDescending = params.sortDirection != .asc
    limit = PageLimit.rows(params.limit)
    cursor = try params.cursor.map { (text) throws(LibraryError) in
      try ListCursor(text, isDescending ? .desc : .asc)
    }
  }
}

extension ThreadSearch.Response {
  fileprivate init(_ page: ThreadSearcher.Page, _ session: Session) {
    let threads = session.threads(page.hits.map(\.row.overview))
    data = zip(threads, page.hits).map { thread, hit in
      var result = ThreadSearchResult()
      result.thread = thread
      result.snippet = hit.snippet.text
      return result
    }
    if page.hasMore, let last = page.hits.last {
      nextCursor = ListCursor(last.row.position, including: false, asOf: page.moment).text
    }
    backwardsCursor = page.hits.first.map { ListCursor($0.row.position, including: true).text }
  }
}
