import History
import JSON
import JSONRPC
import Protocol

/// A page of turns that is ready to be written.
struct TurnPage {
  /// Without its turns.
  let response: TurnsPage
  private let turns: [TurnPlan]
  private let view: TurnItemsView

  /// - Parameter start: Nil for the first page.
  init(
    _ params: ThreadResumeInitialTurnsPageParams, from start: PageCursor?, of opened: OpenedThread
  ) throws(RPCError) {
    let plan = opened.stored.plan
    let anchor = try start.map { (cursor) throws(RPCError) in
      let anchor = try cursor.anchor(in: opened)
      return Page.Start(row: anchor.turn, isIncluded: anchor.isIncluded)
    }
    let page = Page(
      of: plan.turns.indices, from: anchor, in: params.sortDirection ?? .desc,
      limit: PageLimit.rows(params.limit))
    turns = page.rows.map { plan.turns[$0] }
    view = params.itemsView ?? .summary
    var response = TurnsPage()
    if page.hasMore, let last = page.rows.last {
      response.nextCursor = TurnCursor(turn: last, of: opened, including: false).text
    }
    response.backwardsCursor = page.rows.first.map {
      TurnCursor(turn: $0, of: opened, including: true).text
    }
    self.response = response
  }

  func write(
    to out: inout JSONWriter, with writer: TurnWriter, _ pause: ResponseStream.Pause
  ) {
    response.write(to: &out, streaming: "data") { out in
      writer.write(turns, showing: view, to: &out, pause)
    }
  }
}
