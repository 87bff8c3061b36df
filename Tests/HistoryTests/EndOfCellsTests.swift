import History
import Platform
import Rollouts
import TestSupport
import Testing

/// Which code cell did some work can hang on cells further back than the end of a thread that is read:
/// then the end says that it is not enough, and is as the whole has it if it is.
@Suite struct EndOfCellsTests {
  private static let cell =
    #"custom_tool_call","name":"exec","call_id":"c1","input":"for (;;) await tools.x()"}"#
  private static let cellWithoutTools =
    #"custom_tool_call","name":"exec","call_id":"c2","input":"text(1)"}"#
  private static let running =
    #"custom_tool_call_output","call_id":"c1","output":"Script running with cell ID 1\nWall time 1 seconds\nOutput:\n"}"#

  private static func event(_ payload: String) -> String {
    #"{"type":"event_msg","payload":{"type":"\#(payload)}"#
  }

  private static func item(_ payload: String) -> String {
    #"{"type":"response_item","payload":{"type":"\#(payload)}"#
  }

  private static func work(_ turn: String) -> String {
    event(
      #"exec_command_end","turn_id":"\#(turn)","call_id":"exec-1","command":["ls"],"exit_code":0}"#)
  }

  private static func completedWork(_ turn: String) -> String {
    event(
      #"item_completed","turn_id":"\#(turn)","item":{"type":"CommandExecution","id":"exec-1"}}"#)
  }

  private static let beginning = [
    #"{"type":"session_meta","payload":{"id":"\#(StoredRollout.id)","cwd":"/w"}}"#,
    event(#"user_message","message":"first"}"#), event(#"task_started","turn_id":"a"}"#),
  ]
  private static let secondTurn = event(#"task_started","turn_id":"b"}"#)

  static let rollouts = [
    // What ends late for a turn further back is the work of the cell that is open.
    beginning + [secondTurn, item(cell), work("a")],
    beginning + [secondTurn, item(cell), completedWork("a")],
    // A cell further back that uses tools and still runs did the work, not one that uses none.
    beginning + [item(cell), item(running), secondTurn, item(cellWithoutTools), work("b")],
    // No cell is open only as far as the end tells.
    beginning + [
      item(cell), item(running), secondTurn, item(cell.replacing("c1", with: "c3")),
      event(#"task_started","turn_id":"c"}"#), work("b"),
    ],
  ]

  @Test(arguments: rollouts)
  func `an end that hangs on cells further back is not enough`(_ records: [String]) throws {
    let chain = try StoredRollout(Rollout(records).bytes).chain
    let id = try UUID(StoredRollout.id)
    let whole = try ThreadHistory(chain, id: id).turns(from: chain)
    for count in 1...2 {
      var request = EndRequest(turns: count)
      request.size = 64
      let end = try ThreadHistory(endOf: chain, id: id, request, isEnough: { _ in true })
      guard let end else { continue }
      #expect(try end.turns(from: chain) == whole.suffix(end.turns(from: chain).count))
    }
  }
}
