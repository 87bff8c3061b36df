import Foundation
import History
import JSON
import Library
import Platform
import Protocol
import Rollouts
import TestSupport
import Testing

/// The last turns of a thread, read from its end, are those that the whole of it has.
@Suite struct EndTests {
  @Test(arguments: TurnCase.all)
  func `the end of a case has the turns of the whole`(_ example: TurnCase) throws {
    try expectSameEnds(StoredRollout(example.rollout.bytes).chain)
  }

  @Test(arguments: HomeTests.rollouts)
  func `the end of a thread has the turns of the whole`(_ path: String) throws {
    let store = RolloutStore(home: HomeTests.home)
    try expectSameEnds(store.chain(store.find(atPath: path, relativeTo: "/")))
  }

  /// Several cases one after the other come to a thread with turns of every kind.
  @Test func `the end of many cases has the turns of the whole`() throws {
    for mode in [#""history_mode":"paginated""#, ""] {
      let examples = TurnCase.all.map(\.rollout).filter { rollout in
        let header = String(decoding: rollout.records[0], as: UTF8.self)
        return header.contains(#""payload""#)
          && header.contains(#""history_mode":"paginated""#) == !mode.isEmpty
      }
      var rollout = examples[0]
      for example in examples.dropFirst() { rollout.records += example.records.dropFirst() }
      try expectSameEnds(StoredRollout(rollout.bytes).chain)
    }
  }

  @Test(arguments: [false, true])
  func `the end of anything has the turns of the whole`(_ isPaginated: Bool) throws {
    var read = 0
    for seed in 0..<60 {
      var random = RandomRollout(seed: UInt64(seed), isPaginated: isPaginated)
      let folder = try TemporaryFolder()
      let chain = try random.chain(in: folder)
      read += try expectSameEnds(chain, "seed \(seed)")
    }
    #expect(read > 60)
  }

  /// The output belongs to the first turn's command, and not to the call that took over its id.
  @Test func `what goes on with a command of the past is not put to another call`() throws {
    func call(_ name: String, _ arguments: String, id: String) -> String {
      let arguments = arguments.replacingOccurrences(of: "\"", with: "\\\"")
      let call = #""type":"function_call","name":"\#(name)","arguments":"\#(arguments)""#
      return #"{"type":"response_item","payload":{\#(call),"call_id":"\#(id)"}}"#
    }
    func output(_ text: String, id: String) -> String {
      let output = #""type":"function_call_output","call_id":"\#(id)","output":"\#(text)""#
      return #"{"type":"response_item","payload":{\#(output)}}"#
    }
    let running = #"Wall time: 1 seconds\nProcess running with session ID 5\nOutput:\nx"#
    let rollout = Rollout([
      #"{"type":"session_meta","payload":{"id":"\#(StoredRollout.id)","cwd":"/w"}}"#,
      #"{"type":"event_msg","payload":{"type":"user_message","message":"first"}}"#,
      #"{"type":"event_msg","payload":{"type":"task_started","turn_id":"a"}}"#,
      call("exec_command", #"{"cmd":"top"}"#, id: "c1"), output(running, id: "c1"),
      #"{"type":"event_msg","payload":{"type":"task_started","turn_id":"b"}}"#,
      call("write_stdin", #"{"session_id":5}"#, id: "c2"),
      call("shell_command", #"{"command":"ls"}"#, id: "c2"), output("Exit code: 0", id: "c2"),
    ])
    try expectSameEnds(StoredRollout(rollout.bytes).chain)
  }

  /// The directory and the provider stand in `thread_settings_applied` alone, the model in each
  /// turn's context too.
  @Test(arguments: [0, 1, 2])
  func `settings that changed in the middle are found`(_ changes: Int) throws {
    let rollout = Rollout(settingsThatChange(changes))
    let chain = try StoredRollout(rollout.bytes).chain
    let id = try UUID(StoredRollout.id)
    var request = EndRequest(turns: 1)
    request.size = 2000
    let whole = try ThreadHistory(chain, id: id)
    let end = try #require(
      try ThreadHistory(endOf: chain, id: id, request, isEnough: { _ in true }))
    #expect(end.plan.turns.count == 1)
    #expect(end.recorded == whole.recorded)
    #expect(end.recorded.modelProvider == "p\(changes)" && end.recorded.cwd == "/\(changes)")
  }

  /// What can change while model and directory stay as they are: in settings and in contexts of turns.
  static let changes: [(settings: [String], contexts: [String])] = [
    (
      [#""permission_profile":{"type":"disabled"}"#, #""permission_profile":{"type":"external"}"#],
      [#""permission_profile":{"type":"disabled"}"#, #""permission_profile":{"type":"external"}"#]
    ),
    (
      [#""runtime_workspace_roots":["/","/x"]"#, #""runtime_workspace_roots":["/","/y"]"#],
      [
        #""permission_profile":{},"workspace_roots":["/","/x"]"#,
        #""permission_profile":{},"workspace_roots":["/","/y"]"#,
      ]
    ),
    (
      [#""collaboration_mode":{"mode":"plan"}"#, #""collaboration_mode":{"mode":"default"}"#],
      [
        #""permission_profile":{},"collaboration_mode":{"mode":"plan"}"#,
        #""permission_profile":{},"collaboration_mode":{"mode":"default"}"#,
      ]
    ),
    (
      [#""x":0"#, #""permission_profile":{"type":"disabled"}"#],
      [#""permission_profile":{"type":"disabled"}"#, #""permission_profile":{"type":"disabled"}"#]
    ),
  ]

  @Test(arguments: changes)
  func `any settings that changed in the middle are found`(
    _ settings: [String], _ contexts: [String]
  ) throws {
    func record(_ type: String, _ payload: String) -> String {
      #"{"timestamp":"2026-11-05T10:00:00.000Z","type":"\#(type)","payload":{\#(payload)}}"#
    }
    func turns(_ half: Int) -> [String] {
      (half * 20..<half * 20 + 20).flatMap { turn in
        [
          record("event_msg", #""type":"task_started","turn_id":"t\#(turn)""#),
          record("turn_context", #""cwd":"/","model":"m",\#(contexts[half])"#),
          record("event_msg", #""type":"user_message","message":"\#(turn)""#),
        ]
      }
    }
    let meta = #""id":"\#(StoredRollout.id)","cwd":"/","cli_version":"0.163.0""#
    var records = [record("session_meta", meta)]
    for half in 0..<2 {
      let thread = #""thread_id":"\#(StoredRollout.id)""#
      let applied = #""thread_settings":{"model":"m","cwd":"/",\#(settings[half])}"#
      records.append(
        record("event_msg", #""type":"thread_settings_applied",\#(thread),\#(applied)"#))
      records += turns(half)
    }
    let chain = try StoredRollout(Rollout(records).bytes).chain
    let id = try UUID(StoredRollout.id)
    var request = EndRequest(turns: 1)
    request.size = 1000
    let whole = try ThreadHistory(chain, id: id)
    let end = try #require(
      try ThreadHistory(endOf: chain, id: id, request, isEnough: { _ in true }))
    #expect(end.recorded == whole.recorded)
  }

  /// Forty turns with settings in the first one, and changes of them in the next ones.
  private func settingsThatChange(_ changes: Int) -> [String] {
    let time = #""timestamp":"2026-11-05T10:00:00.000Z""#
    let meta = #"{"id":"\#(StoredRollout.id)","cwd":"/","cli_version":"0.163.0"}"#
    var records = [#"{\#(time),"type":"session_meta","payload":\#(meta)}"#]
    for turn in 0..<40 {
      let now = min(turn, changes)
      if turn <= changes {
        records.append(
          #"{\#(time),"type":"event_msg","payload":{"type":"thread_settings_applied","thread_id":"#
            + #""\#(StoredRollout.id)","thread_settings":{"model":"m\#(now)","#
            + #""model_provider_id":"p\#(now)","cwd":"/\#(now)"}}}"#)
      }
      let start = #"{"type":"task_started","turn_id":"t\#(turn)"}"#
      let context = #"{"cwd":"/\#(now)","model":"m\#(now)","permission_profile":{}}"#
      let message = #"{"type":"user_message","message":"\#(turn) \#(turn)"}"#
      records += [
        #"{\#(time),"type":"event_msg","payload":\#(start)}"#,
        #"{\#(time),"type":"turn_context","payload":\#(context)}"#,
        #"{\#(time),"type":"event_msg","payload":\#(message)}"#,
      ]
    }
    return records
  }

  /// The instructions in a header alone can be longer than what is searched for settings behind it.
  @Test(arguments: [10, 300_000])
  func `a file's header is found however long it is`(_ length: Int) throws {
    let folder = try TemporaryFolder()
    let base = settingsThatChange(0)
    let fork = "019b8d00-0000-7000-8000-000000000002"
    let meta =
      #"{"id":"\#(fork)","timestamp":"2026-11-06T10:00:00.000Z","cwd":"/","#
      + #""base_instructions":{"text":"\#(String(repeating: "x", count: length))"}}"#
    let settings = #"{"model":"m0","cwd":"/fork"}"#
    let head =
      [
        #"{"type":"session_meta","payload":\#(meta)}"#,
        #"{"type":"event_msg","payload":{"type":"thread_settings_applied","thread_id":"\#(fork)","#
          + #""thread_settings":\#(settings)}}"#,
      ] + Array(repeatElement(base.suffix(3), count: 20_000).joined())
    let links = try [base, head].enumerated().map { (index, lines) in
      let path = try folder.write(lines.joined(separator: "\n") + "\n", to: "\(index).jsonl")
      let file = try File(path, for: .reading)
      return RolloutChain.Link(file: file, end: try file.status().size, endOrdinal: nil)
    }
    let chain = try RolloutChain(links)
    let id = try UUID(fork)
    let whole = try ThreadHistory(chain, id: id)
    let end = try #require(
      try ThreadHistory(endOf: chain, id: id, EndRequest(turns: 1), isEnough: { _ in true }))
    let row = try ThreadSummary(endsOf: chain, id: id)
    #expect(whole.createdAt == 1_793_959_200_000 && whole.recorded.cwd == "/fork")
    #expect(end.createdAt == whole.createdAt && end.recorded == whole.recorded)
    #expect(row.createdAt == whole.createdAt && row.recorded == whole.recorded)
  }

  /// - Returns: How often the end was enough.
  @discardableResult
  private func expectSameEnds(_ chain: RolloutChain, _ name: String = "") throws -> Int {
    let id = try UUID(StoredRollout.id)
    let whole = try ThreadHistory(chain, id: id)
    let wanted = try whole.described(from: chain)
    var read = 0
    for size in [64, 1000, 1 << 20] {
      for count in Set([1, 2, 3, 5, 8, wanted.count]) {
        var request = EndRequest(turns: count)
        request.size = size
        guard let end = try ThreadHistory(endOf: chain, id: id, request, isEnough: { _ in true })
        else { continue }
        let found = try end.described(from: chain)
        #expect(!end.plan.isWhole)
        #expect(found == wanted.suffix(found.count), "\(name), \(count) turns from \(size) bytes")
        #expect(end.preview == whole.preview && end.updatedAt == whole.updatedAt, "\(name)")
        #expect(end.createdAt == whole.createdAt && end.generation == whole.generation)
        #expect(end.recorded.model == whole.recorded.model, "\(name)")
        read += 1
      }
    }
    return read
  }
}

extension ThreadHistory {
  /// The turns with all that a plan says of them, each as a client would see it.
  fileprivate func described(from chain: RolloutChain) throws -> [String] {
    let builder = ItemBuilder(chain.files, plan, threadID: StoredRollout.id)
    return try plan.turns.map { turn in
      let items = try turn.items.map { item in
        let records = ([item.record, item.output].compactMap { $0 } + item.more.map(\.record))
          .map(\.description)
        let shown = try item.isHidden ? nil : builder.item(item).map { RawJSON($0).bytes }
        return "\(records) \(item.part) \(plan.directories[Int(item.directory)]) "
          + "\(item.traits.rawValue) \(String(decoding: shown ?? [], as: UTF8.self))"
      }
      return "\(turn.id) \(turn.isExplicit) \(turn.status.rawValue) \(turn.startedAt ?? 0) "
        + "\(turn.completedAt ?? 0) \(turn.durationMs ?? 0) \(turn.rootTurnID ?? "") "
        + "\(turn.error?.message ?? "") \(turn.start.description)\n"
        + items.joined(separator: "\n")
    }
  }
}

extension RecordLocation {
  fileprivate var description: String { "\(file):\(offset)+\(length)" }
}
