import History
import JSON
import JSONRPC
import Library
import Platform
import Protocol

/// A page of turns that is ready to be written.
struct TurnPage {
  /// The page without its turns.
  private let response: TurnsPage
  private let turns: [TurnPlan]
  private let view: TurnItemsView

  /// - Throws: When the page's cursor does not fit the thread any more.
  init(
    _ request: PageRequest, showing view: TurnItemsView?, of snapshot: ThreadSnapshot
  ) throws(LibraryError) {
    let page = try snapshot.turns(request)
    turns = page.turns
    self.view = view ?? .summary
    var response = TurnsPage()
    response.nextCursor = page.cursors.next
    response.backwardsCursor = page.cursors.backwards
    self.response = response
  }

  /// - Returns: What kept it from writing all turns; nil as a rule.
  func write(
    to out: inout JSONWriter, with encoder: TurnEncoder, _ pause: ResponseStream.Pause
  ) -> SystemError? {
    var failure: SystemError?
    response.write(to: &out, streaming: "data") { out in
      failure = encoder.write(turns, showing: view, to: &out, pause)
    }
    return failure
  }
}

extension PageRequest {
  /// A page of turns that a request asks for: 25, the newest first, unless it says otherwise.
  ///
  /// - Parameter cursor: Nil for the first page.
  init(_ params: ThreadResumeInitialTurnsPageParams, from cursor: PageCursor? = nil) {
    self.init(
      limit: PageLimit.rows(params.limit), params.sortDirection ?? .desc, from: cursor)
  }
}

/// How many rows a page has at most.
enum PageLimit {
  /// - Parameter limit: What the request says, if it does; 0 counts as 1.
  static func rows(_ limit: UInt32?, default standard: Int = 25, max most: Int = 100) -> Int {
    min(max(limit.map { Int($0) } ?? standard, 1), most)
  }
}
