import JSON
import JSONRPC
import Library
import Platform
import Protocol
import Rollouts
import Settings

/// `thread/list`: lists stored threads, filtered and sorted, in pages.
enum ThreadList: Method {
  static let name = "thread/list"

  struct Params: WireObject {
    static let wireName = "ThreadListParams"

    var cursor: String?
    /// The greatest number of threads: 25 if absent, at least 1, at most 100.
    var limit: UInt32?
    var sortKey: ThreadSortKey?
    var sortDirection: SortDirection?
    /// The model providers: the configured one if absent, all if empty.
    var modelProviders: [String]?
    /// The kinds of sources: the interactive ones if absent or empty.
    var sourceKinds: [ThreadSourceKind]?
    var archived: Bool?
    var cwd: CwdFilter?
    var searchTerm: String?
    var originators: [String]?
    var parentThreadID: String?
    var ancestorThreadID: String?
    var excludedThreadIDs: [String]?
    /// The section of the threads. No stored thread is in a section or a project.
    var sectionID: String?
    var projectID: String?
    /// Accepted and ignored, because there is no database.
    var useStateDBOnly = false

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("archived", &archived)
      try field("cursor", &cursor)
      try field("limit", &limit)
      try field("modelProviders", &modelProviders)
      try field("sortKey", &sortKey)
      try field("sourceKinds", &sourceKinds)
      try field("sortDirection", &sortDirection, .newer)
      try field("cwd", &cwd, .newer)
      try field("searchTerm", &searchTerm, .newer)
      try field("originators", &originators, .newer)
      try field("parentThreadId", &parentThreadID, .newer)
      try field("ancestorThreadId", &ancestorThreadID, .newer)
      try field("excludedThreadIds", &excludedThreadIDs, .newer)
      try field("sectionId", &sectionID, .newer)
      try field("projectId", &projectID, .newer)
      try field("useStateDbOnly", &useStateDBOnly, [.defaulted, .newer])
    }
  }

  struct Response: WireObject {
    static let wireName = "ThreadListResponse"

    var data: [Protocol.Thread] = []
    /// The cursor to the next page; null on the last page.
    var nextCursor: String?
    /// The cursor to the first thread of this page, for reading in the opposite direction; null for
    /// an empty page.
    var backwardsCursor: String?
    /// Which threads were read; always empty, because that is not recorded.
    var readStates = WireMap<RawJSON>()

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("data", &data)
      try field("nextCursor", &nextCursor)
      try field("backwardsCursor", &backwardsCursor, .newer)
      try field("readStates", &readStates, .newer)
    }
  }

  static func touches(_ params: Params) -> Touches { .wholeHome }

  static func respond(
    to params: Params, _ context: RequestContext
  ) throws -> Reply<Response> {
    let session = context.session
    let query = try ListQuery(params, configuredProvider: session.settings.modelProvider)
    let page = try session.library.catalog.page(query, context.cancellation)
    let threads = page.rows.map(\.overview)
    session.report(page.losses)
    session.report(threads.compactMap(\.unread))
    var response = Response()
    response.data = session.threads(threads)
    response.nextCursor = page.next?.text
    response.backwardsCursor = page.backwards?.text
    return .value(response)
  }
}

/// The order of a list.
enum ThreadSortKey: String, WireEnum {
  static let newer: [ThreadSortKey] = [.recencyAt, .sectionPosition]

  case createdAt = "created_at"
  case updatedAt = "updated_at"
  /// The time of the last change, as for `updatedAt`.
  case recencyAt = "recency_at"
  case sectionPosition = "section_position"
}

/// One or several working directories.
struct CwdFilter: WireValue {
  let paths: [String]

  init(json: JSONValue) throws(JSONError) {
    if let path = json.asString {
      paths = [path]
    } else if json.kind == .array {
      paths = try [String](json: json)
    } else {
      throw JSONError("data did not match any variant of untagged enum ThreadListCwdFilter")
    }
  }

  func write(to out: inout JSONWriter) { paths.write(to: &out) }

  static func schema(_ schemas: inout SchemaBuilder) -> Schema {
    .anyOf([.type("string"), .array(.type("string"))])
  }
}

extension ListQuery {
  /// Creates the query of a request.
  ///
  /// - Parameter configuredProvider: The configured model provider. A request without providers
  ///   asks for its threads.
  /// - Throws: An `RPCError` for params that contradict each other, `LibraryError.invalidCursor`
  ///   for a text that is not a cursor.
  init(_ params: ThreadList.Params, configuredProvider: String) throws {
    self.init()
    if params.sortKey == .sectionPosition, params.sectionID == nil {
      throw RPCError.sectionSortWithoutSection
    }
    filter = try ThreadFilter(params, configuredProvider)
    limit = PageLimit.rows(params.limit)
    isDescending = params.sortDirection != .asc
    key = params.sortKey == .updatedAt || params.sortKey == .recencyAt ? .updatedAt : .createdAt
    cursor = try params.cursor.map { try ListCursor($0, isDescending ? .desc : .asc) }
  }
}

extension ThreadFilter {
  fileprivate init(_ params: ThreadList.Params, _ configuredProvider: String) throws(RPCError) {
    self.init()
    if params.parentThreadID != nil, params.ancestorThreadID != nil { throw .parentAndAncestor }
    parent = try params.parentThreadID.map { (id) throws(RPCError) in
      try UUID(id, orThrow: RPCError.invalidParentThreadID)
    }
    ancestor = try params.ancestorThreadID.map { (id) throws(RPCError) in
      try UUID(id, orThrow: RPCError.invalidAncestorThreadID)
    }
    for id in params.excludedThreadIDs ?? [] {
      excluded.insert(try UUID(id, orThrow: RPCError.invalidExcludedThreadID))
    }
    isArchived = params.archived ?? false
    sources = SourceFilter(
      params.sourceKinds, orElse: parent == nil && ancestor == nil ? .interactive : .all)
    let providers = params.modelProviders ?? [configuredProvider]
    modelProviders = providers.isEmpty ? nil : providers
    cwds = params.cwd?.paths.map { RecordedPath($0).normalized }
    originators = params.originators.flatMap { $0.isEmpty ? nil : $0 }
    term = params.searchTerm.flatMap(SearchTerm.init)
    matchesNothing = params.sectionID != nil || params.projectID != nil
  }
}
