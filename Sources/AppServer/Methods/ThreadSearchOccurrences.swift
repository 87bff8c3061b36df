import History
import JSON
import JSONRPC
import Protocol
import Rollouts
import System

/// `thread/searchOccurrences`: all places where a thread shows a text, in pages, in its order.
enum ThreadSearchOccurrences: Method {
  static let name = "thread/searchOccurrences"

  struct Params: WireObject {
    static let wireName = "ThreadSearchOccurrencesParams"

    var threadID = ""
    var searchTerm = ""
    var cursor: String?
    /// 50 when absent; 0 counts as 1, and 1000 are the most.
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
    /// Null on the last page.
    var nextCursor: String?

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("data", &data)
      try field("nextCursor", &nextCursor)
    }
  }

  static func touched(by params: Params, on server: Server) -> Touched {
    .thread(params.threadID, .read)
  }

  static func respond(to params: Params, on server: Server) throws(RPCError) -> Reply<Response> {
    guard let term = SearchTerm(params.searchTerm.trimmed) else { throw .blankSearchTerm(name) }
    let id = try UUID(threadID: params.threadID)
    let cursor = try params.cursor.map { (text) throws(RPCError) in try OccurrenceCursor(text) }
    let limit = PageLimit.rows(params.limit, default: 50, max: 1000)
    return try OpenedThread.open(id, on: server) { (opened, server) throws(RPCError) in
      let start = try cursor?.start(in: opened)
      return .later(
        { (cancellation) throws(RPCError) in
          try opened.occurrences(of: term, from: start, limit: limit, unless: cancellation)
        },
        then: { (response, server) in .now(response) })
    }
  }
}

extension OpenedThread {
  fileprivate func occurrences(
    of term: SearchTerm, from start: OccurrenceCursor.Start?, limit: Int,
    unless cancellation: Cancellation
  ) throws(RPCError) -> ThreadSearchOccurrences.Response {
    var page = ThreadSearchOccurrences.Response()
    try search(from: start?.position, unless: cancellation) { item in
      let skipped = item.position == start?.position ? start?.skipped ?? 0 : 0
      let room = limit - page.data.count
      let found = item.snippets(of: term, limit: skipped + room + 1).dropFirst(skipped)
      page.data += found.prefix(room).map { ThreadSearchOccurrence($0, in: item, of: self) }
      guard found.count > room else { return true }
      page.nextCursor =
        OccurrenceCursor(item.position, skipping: skipped + room, in: self).text
      return false
    }
    return page
  }
}

extension OpenedThread.SearchedItem {
  /// The first hits in the item's texts.
  fileprivate func snippets(of term: SearchTerm, limit: Int) -> [Snippet] {
    var found: [Snippet] = []
    for text in texts where found.count < limit {
      found += term.ranges(in: text, limit: limit - found.count).map { Snippet(of: $0, in: text) }
    }
    return found
  }
}

extension ThreadSearchOccurrence {
  fileprivate init(_ snippet: Snippet, in item: OpenedThread.SearchedItem, of opened: OpenedThread)
  {
    self.init()
    turnID = item.turnID
    itemID = item.id
    self.snippet = snippet.text
    snippetMatchRange.start = UInt32(snippet.range.lowerBound)
    snippetMatchRange.end = UInt32(snippet.range.upperBound)
    turnCursor = TurnCursor(turn: item.position.turn, of: opened, including: true).text
  }
}
