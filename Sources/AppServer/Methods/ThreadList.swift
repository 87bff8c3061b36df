import JSON
import JSONRPC
import Library
import Platform
import Protocol
import Rollouts
import Settings

/// `thread/list`: stored threads, filtered and in order, in pages.
enum ThreadList: Method {
  static let name = "thread/list"

  struct Params: WireObject {
    static let wireName = "ThreadListParams"

    var cursor: String?
    /// 25 when absent; at least 1 and at most 100 count.
    var limit: UInt32?
    var sortKey: ThreadSortKey?
    var sortDirection: SortDirection?
    /// The configured one when absent; all when empty.
    var modelProviders: [String]?
    /// Those that a person talks to when absent or empty.
    var sourceKinds: [ThreadSourceKind]?
    var archived: Bool?
    var cwd: CwdFilter?
    var searchTerm: String?
    var originators: [String]?
    var parentThreadID: String?
    var ancestorThreadID: String?
    var excludedThreadIDs: [String]?
    /// No stored thread is in a section or a project.
    var sectionID: String?
    var projectID: String?
    /// Taken and of no meaning: there is no database.
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
    /// Absent on the last page.
    var nextCursor: String?
    /// With the other direction: this page's first row, and what lies before it.
    var backwardsCursor: String?
    /// Nobody keeps here who read what.
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
    session.reportLosses(of: threads)
    var response = Response()
    response.data = session.threads(threads)
    response.nextCursor = page.next?.text
    response.backwardsCursor = page.backwards?.text
    return .value(response)
  }
}

/// What a list is ordered by.
enum ThreadSortKey: String, WireEnum {
  static let newer: [ThreadSortKey] = [.recencyAt, .sectionPosition]

  case createdAt = "created_at"
  case updatedAt = "updated_at"
  /// The same as `updatedAt` here.
  case recencyAt = "recency_at"
  case sectionPosition = "section_position"
}

/// One directory or several.
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
  /// - Throws: What cannot be asked for.
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
