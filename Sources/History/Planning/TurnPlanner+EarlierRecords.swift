import JSON
import Protocol
import Rollouts

// What the plan of a thread's end depends on in the records before it, which the planner was not
// given (see `TurnPlanner.init(ofEndAfter:)`).
extension TurnPlanner {
  /// Notes whether the effect of an event depends on an earlier turn that is not planned here.
  ///
  /// Where turns without a beginning are not made, its effect on that turn does not matter. But an
  /// item there ends the reasoning here and may be the work of a code cell here, a review opens no
  /// turn if its turn exists, and the end of an unknown turn ends the open one.
  mutating func noteDependence(of event: EventKind, _ payload: JSONValue) {
    guard hasEarlierRecords, case .missing = turn(namedBy: payload) else { return }
    if generation.acceptsUnknownTurnIDs {
      if event != .taskStarted { needsEarlierRecords = true }
      return
    }
    switch event {
    case .taskStarted, .threadRolledBack: break
    case .taskComplete, .turnAborted: if openTurn != nil { needsEarlierRecords = true }
    case .enteredReviewMode, .exitedReviewMode: needsEarlierRecords = true
    case .itemCompleted:
      let isReview = payload["item"].map(ThreadItem.ReviewMode.isBeginning) ?? false
      if isReview || reasoningItem != nil || areCellsOpen { needsEarlierRecords = true }
    default: if reasoningItem != nil || areCellsOpen { needsEarlierRecords = true }
    }
  }

  /// A place that represents any item in the earlier records; nil where there are none.
  var earlierPlace: ItemPlace? {
    hasEarlierRecords ? ItemPlace(turn: .max, serial: 0, item: 0) : nil
  }

  /// Notes whether an output may belong to a command in the earlier records, although a call here
  /// has its id.
  mutating func noteDependence(on command: ItemPlace, ofOutputOf id: JSONValue, in turn: Int) {
    if command.turn == .max, place(of: id, in: turn) != nil { needsEarlierRecords = true }
  }

  /// Whether a code cell is open that work may be ascribed to.
  private var areCellsOpen: Bool { cells.areOpen(in: openTurn.map { turns[$0].serial }) }

  /// Notes whether earlier cells may decide which cell here did some work: where any open cell uses
  /// tools, one of these did.
  ///
  /// - Parameter turn: The serial of the open turn.
  mutating func noteDependenceOnOpenCells(in turn: UInt32?) {
    if hasEarlierRecords, cells.areOpen(in: turn), !cells.areCallersOpen(in: turn) {
      needsEarlierRecords = true
    }
  }

  /// Notes whether a cell is only hidden because no cell runs here, while an earlier one may run.
  mutating func noteDependenceOnRunningCells(toHide cell: Int?) {
    if hasEarlierRecords, cell != nil { needsEarlierRecords = true }
  }

  /// Notes whether the first record fails to begin a turn.
  mutating func noteBeginning(with record: Record) {
    guard hasEarlierRecords, serial == 0, record.kind != .event(.taskStarted) else { return }
    if record.kind == .event(.userMessage), case .open = turn(namedBy: record.payload) { return }
    needsEarlierRecords = true
  }
}
