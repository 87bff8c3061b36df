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

  /// Finds the turns of a page.
  ///
  /// - Parameter view: The items that each turn shows; nil for a summary.
  /// - Throws: `cursorTurnGone` if the thread lacks the cursor's turn, `unreadable` if a file
  ///   cannot be read.
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

  /// Writes the page.
  ///
  /// - Returns: The items that the turns lack; nil if none.
  func write(
    to out: inout JSONWriter, with encoder: TurnEncoder, _ pause: ResponseStream.Pause
  ) -> MissingItems? {
    var missing: MissingItems?
    response.write(to: &out, streaming: "data") { out in
      missing = encoder.write(turns, showing: view, to: &out, pause)
    }
    return missing
  }
}

extension PageRequest {
  /// The page of turns that a request describes. Without other values, it has 25 turns, the newest
  /// first.
  ///
  /// - Parameter cursor: The cursor at which the page begins; nil for the first page.
  init(_ params: ThreadResumeInitialTurnsPageParams, from cursor: PageCursor? = nil) {
    self.init(
      limit: PageLimit.rows(params.limit), params.sortDirection ?? .desc, from: cursor)
  }
}

/// Limits for the number of rows on a page.
enum PageLimit {
  /// The greatest number of rows on a page.
  ///
  /// - Parameters:
  ///   - limit: The number in the request, where 0 counts as 1; nil if the request has none.
  ///   - standard: The number for a request without one.
  ///   - most: The greatest number that is allowed.
  static func rows(_ limit: UInt32?, default standard: Int = 25, max most: Int = 100) -> Int {
    min(max(limit.map { Int($0) } ?? standard, 1), most)
  }
}
