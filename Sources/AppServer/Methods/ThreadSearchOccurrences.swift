import History
import JSON
import JSONRPC
import Library
import Platform
import Protocol
import Rollouts

/// `thread/searchOccurrences`: lists all occurrences of a text in a thread, in the thread's order,
/// in pages.
enum ThreadSearchOccurrences: Method {
  static let name = "thread/searchOccurrences"

  struct Params: WireObject {
    static let wireName = "ThreadSearchOccurrencesParams"

    var threadID = ""
    var searchTerm = ""
    var cursor: String?
    /// The greatest number of occurrences: 50 if absent, at least 1, at most 1000.
    var limit: UInt32?

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("threadId", &threadID)
      try field("searchTerm", &searchTerm)
      try field("cursor", &cursor)
      try field("limit", &limit)
    }
  }

  struct Response: WireObject {
    static let wireName = "ThreadSearchOccurrencesResponse"

    var data: [ThreadSearchOccurrence] = []
    /// The cursor to the next page; null on the last page.
    var nextCursor: String?

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("data", &data)
      try field("nextCursor", &nextCursor)
    }
  }

  static func touches(_ params: Params) -> Touches { .shownThread(params.threadID) }

  static func respond(
    to params: Params, _ context: RequestContext
  ) throws -> Reply<Response> {
    guard let term = SearchTerm(params.searchTerm.trimmed) else {
      throw RPCError.blankSearchTerm(name)
    }
    let id = try UUID(threadID: params.threadID)
    let cursor = try params.cursor.map { try OccurrenceCursor($0) }
    let found = try context.snapshot(id).occurrences(
      of: term, from: cursor, limit: PageLimit.rows(params.limit, default: 50, max: 1000),
      unless: context.cancellation)
    var response = Response()
    response.data = found.places
    response.nextCursor = found.next
    return .value(response)
  }

  static func notFound(_ id: UUID) -> RPCError { .threadNotLoaded(id) }
}
