import Foundation
import Platform
import Rollouts
import TestSupport

/// A thread made at random of records that get in each other's way, the same one for the same seed.
struct RandomRollout {
  private var generator: SeededGenerator
  private let isPaginated: Bool
  private let version: String
  private var ordinal = 0
  private var calls = 0

  init(seed: UInt64, isPaginated: Bool) {
    generator = SeededGenerator(seed: seed)
    self.isPaginated = isPaginated
    version = seed % 2 == 0 ? "0.98.0" : "0.163.0"
  }

  /// The thread in one to three files that stand on each other.
  mutating func chain(in folder: TemporaryFolder) throws -> RolloutChain {
    var links: [RolloutChain.Link] = []
    for number in 0..<pick([1, 1, 2, 3]) {
      var lines = [header()]
      if number == 0 {
        lines += [event("user_message", #""message":"first""#), contextRecord("/w")]
      }
      for _ in 0..<Int.random(in: 5...60, using: &generator) { lines.append(record()) }
      let path = try folder.write(lines.joined(separator: "\n") + "\n", to: "\(number).jsonl")
      let file = try File(path, for: .reading)
      links.append(RolloutChain.Link(file: file, end: try file.status().size, endOrdinal: nil))
    }
    return try RolloutChain(links)
  }

  private mutating func header() -> String {
    let mode = isPaginated ? #""history_mode":"paginated","# : ""
    return line(
      "session_meta",
      #"{"id":"\#(StoredRollout.id)","timestamp":"2026-01-05T10:00:00.000Z","cwd":"/w","#
        + #"\#(mode)"cli_version":"\#(version)"}"#)
  }

  private mutating func record() -> String {
    let turn = named(pick(["a", "b", "c", "d", "e", "f", "never started"]))
    switch Int.random(in: 0..<32, using: &generator) {
    case 0...3:
      return event("task_started", #""turn_id":"\#(pick(["a", "b", "c", "d", "e", "f"]))""#)
    case 4: return event("task_complete", turn + #","completed_at":1,"duration_ms":2"#)
    case 5: return event("turn_aborted", turn)
    case 6: return event("user_message", turn + #","message":"more""#)
    case 7: return event("agent_message", turn + #","message":"yes""#)
    case 8, 9: return event("agent_reasoning", turn + #","text":"why""#)
    case 10: return event("thread_rolled_back", #""num_turns":\#(pick([0, 1, 1, 2, 5]))"#)
    case 11, 12: return ended(turn)
    case 13, 14: return call()
    case 15: return output()
    case 16: return completed(turn)
    case 17: return contextRecord(pick(["/w", "/x", "/y"]))
    case 18: return review(turn)
    case 19: return line("compacted", #"{"message":""}"#)
    case 20, 21: return cell()
    case 22, 23: return cellOutput()
    case 24: return wait()
    case 25, 26: return innerCommand(turn)
    case 27: return item("web_search_call", searchAction())
    case 28: return search(turn)
    case 29: return pick(["", "{torn", "\u{0}\u{0}", #"{"timestamp":"2026-01-0"#]) + record()
    default: return settings()
    }
  }

  /// Mostly the open turn is meant.
  private mutating func named(_ turn: String) -> String {
    pick([#""x":0"#, #""x":0"#, #""turn_id":"\#(turn)""#, #""turn_id":"7""#])
  }

  private mutating func ended(_ turn: String) -> String {
    event(
      "exec_command_end",
      turn + #","call_id":"\#(callID())","command":["ls"],"cwd":"/w","exit_code":0"#)
  }

  private mutating func call() -> String {
    let rest = pick([
      #""name":"shell_command","arguments":"{\"command\":\"ls\"}""#,
      #""name":"exec_command","arguments":"{\"cmd\":\"top\"}""#,
      #""name":"write_stdin","arguments":"{\"session_id\":5}""#,
      #""name":"update_plan","arguments":"{\"plan\":[{\"step\":\"s\",\"status\":\"pending\"}]}""#,
    ])
    return item("function_call", rest + #","call_id":"\#(callID())""#)
  }

  private mutating func output() -> String {
    let text = pick([
      "Exit code: 0", #"Wall time: 1 seconds\nProcess running with session ID 5\nOutput:\nx"#,
      "Plan updated",
    ])
    return item("function_call_output", #""call_id":"\#(callID())","output":"\#(text)""#)
  }

  private mutating func cell() -> String {
    let code = pick([
      #"text(await tools.exec_command({cmd: \"ls\"}))"#,
      #"await tools.exec_command({cmd: \"ls\"}); await tools.shell_command({command: \"ls\"})"#,
      #"for (;;) await tools.exec_command({cmd: \"ls\"})"#,
      #"text(await tools.write_stdin({session_id: 5}))"#,
      #"await tools.update_plan({plan: [{step: \"s\", status: \"pending\"}]})"#, "text(1)",
    ])
    return item("custom_tool_call", #""name":"exec","input":"\#(code)","call_id":"\#(callID())""#)
  }

  private mutating func cellOutput() -> String {
    let state = pick(["completed", "failed", "running with cell ID 3", "running with cell ID 4"])
    let text = pick(["x", #"{\"wall_time_seconds\":1,\"session_id\":5,\"output\":\"\"}"#])
    return item(
      pick(["custom_tool_call_output", "function_call_output"]),
      #""call_id":"\#(callID())","output":"Script \#(state)\nWall time 1 seconds\nOutput:\n\#(text)""#
    )
  }

  private mutating func wait() -> String {
    item(
      "function_call",
      #""name":"wait","arguments":"{\"cell_id\":\#(pick([3, 4]))}","call_id":"\#(callID())""#)
  }

  /// A command that a code cell ran.
  private mutating func innerCommand(_ turn: String) -> String {
    let id = pick(["exec-1", "exec-2", "exec-3", callID()])
    let members =
      #","command":["sh","-c","\#(pick(["ls", "top"]))"],"cwd":"/w","exit_code":0,"#
      + #""process_id":"\#(pick(["5", "6"]))""#
    return pick([
      event("exec_command_end", turn + #","call_id":"\#(id)""# + members),
      event(
        "item_completed",
        turn + #","item":{"type":"CommandExecution","id":"\#(id)""# + members + "}"),
    ])
  }

  private mutating func searchAction() -> String {
    #""action":{"type":"search","query":"\#(pick(["red", "blue"]))"}"#
  }

  private mutating func search(_ turn: String) -> String {
    event("web_search_end", turn + #","call_id":"\#(callID())","query":"","# + searchAction())
  }

  private mutating func completed(_ turn: String) -> String {
    let id = pick([#","id":"i1""#, #","id":"i2""#, ""])
    let item = pick([
      #""type":"AgentMessage","content":[{"type":"Text","text":"so"}]"#,
      #""type":"UserMessage","content":[{"type":"text","text":"do"}]"#,
      #""type":"ContextCompaction""#, #""type":"EnteredReviewMode""#, #""type":"Plan","text":"p""#,
    ])
    return event("item_completed", turn + #","item":{\#(item)\#(id)}"#)
  }

  private mutating func review(_ turn: String) -> String {
    event(pick(["entered_review_mode", "exited_review_mode", "context_compacted"]), turn)
  }

  private mutating func settings() -> String {
    pick([
      event("thread_settings_applied", #""thread_settings":{"model":"m2","cwd":"/z"}"#),
      event("token_count", #""info":null"#), header(),
    ])
  }

  private mutating func contextRecord(_ directory: String) -> String {
    let more = pick([#","permission_profile":{}"#, #","turn_id":"a""#, "", ""])
    return line("turn_context", #"{"cwd":"\#(directory)","model":"m1"\#(more)}"#)
  }

  /// Old ones come again now and then.
  private mutating func callID() -> String {
    calls += Int.random(in: 0...1, using: &generator)
    return "c\(max(0, calls - pick([0, 0, 0, 3])))"
  }

  private mutating func event(_ type: String, _ members: String) -> String {
    line("event_msg", "{\"type\":\"\(type)\",\(members)}")
  }

  private mutating func item(_ type: String, _ members: String) -> String {
    line("response_item", "{\"type\":\"\(type)\",\(members)}")
  }

  private mutating func line(_ type: String, _ payload: String) -> String {
    ordinal += pick([1, 1, 1, 1, 2, 0, -2])
    let counted = isPaginated ? "\"ordinal\":\(ordinal)," : ""
    return #"{"timestamp":"2026-01-05T10:00:01.000Z",\#(counted)"type":"\#(type)","#
      + #""payload":\#(payload)}"#
  }

  private mutating func pick<T>(_ choices: [T]) -> T {
    choices[Int.random(in: 0..<choices.count, using: &generator)]
  }
}
