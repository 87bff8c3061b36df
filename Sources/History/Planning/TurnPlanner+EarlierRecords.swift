import JSON
import Protocol
import Rollouts

// The past: records before those that the planner is shown (see `TurnPlanner.init(ofEndAfter:)`).
extension TurnPlanner {
  /// Notes whether an event hangs on a turn that is not known here.
  ///
  /// Where such turns cannot come to be here, what it does to that turn does not matter, but an item
  /// there ends the reasoning here and may be the work of a code cell here, a review opens no turn that
  /// there is, and the end of an unknown turn is that of the open one.
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

  /// Stands for a place in those records; nil where there are none.
  var earlierPlace: ItemPlace? {
    hasEarlierRecords ? ItemPlace(turn: .max, serial: 0, item: 0) : nil
  }

  /// Notes whether an output may belong to a command that is not known here, while a call of its id
  /// is.
  mutating func noteDependence(on command: ItemPlace, ofOutputOf id: JSONValue, in turn: Int) {
    if command.turn == .max, place(of: id, in: turn) != nil { needsEarlierRecords = true }
  }

  private var areCellsOpen: Bool { cells.areOpen(in: openTurn.map { turns[$0].serial }) }

  /// Notes whether cells that are not known here decide which of those here did some work: of several
  /// that are open, it is those whose code uses tools.
  ///
  /// - Parameter turn: The open one.
  mutating func noteDependenceOnOpenCells(in turn: UInt32?) {
    if hasEarlierRecords, cells.areOpen(in: turn), !cells.areCallersOpen(in: turn) {
      needsEarlierRecords = true
    }
  }

  /// Notes whether a cell is only told because none runs here, while others may that are not known.
  mutating func noteDependenceOnRunningCells(toHide cell: Int?) {
    if hasEarlierRecords, cell != nil { needsEarlierRecords = true }
  }

  /// Notes what keeps the first record from being where a turn begins.
  mutating func noteBeginning(with record: Record) {
    guard hasEarlierRecords, serial == 0, record.kind != .event(.taskStarted) else { return }
    if record.kind == .event(.userMessage), case .open = turn(namedBy: record.payload) { return }
    needsEarlierRecords = true
  }
}
