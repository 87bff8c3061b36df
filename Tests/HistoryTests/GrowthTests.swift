import Testing

/// What a client saw of a thread that goes on stays as it was.
@Suite struct GrowthTests {
  /// Whether something is taken back: by a rollback, by the next plan, by a completed message in place
  /// of events, by the end of a turn whose beginning is missing, which stands where that does, or by the
  /// first record of a sub-agent that is not its parent's.
  private static func takesBack(_ rollout: Rollout) -> Bool {
    let text = String(decoding: rollout.bytes, as: UTF8.self)
    return text.contains("thread_rolled_back") || text.contains("update_plan")
      || text.contains("paginated") && text.contains("UserMessage") && text.contains("user_message")
      || text.contains(#""turn_id":"x","completed_at":2,"started_at":1"#)
      || text.contains("subagent_history_start_ordinal")
  }

  private static func isMessageEvent(_ record: [UInt8]) -> Bool {
    String(decoding: record, as: UTF8.self).contains(
      /"type":"(user_message|agent_message|item_completed)"/)
  }

  @Test(arguments: TurnCase.all)
  func `turns only grow`(_ example: TurnCase) throws {
    let rollout = example.rollout
    guard let first = rollout.records.firstIndex(where: Self.isMessageEvent),
      !Self.takesBack(rollout)
    else { return }
    var before: [String] = []
    for count in (first + 1)...rollout.records.count {
      var beginning = rollout
      beginning.records = Array(rollout.records[..<count])
      let now = try beginning.turns().compactMap(identity)
      #expect(isSubsequence(before, of: now), "record \(count - 1): \(before) of \(now)")
      before = now
    }
  }

  /// Whether the line is a turn or an item, and its id; what kind an item is, an event can tell better.
  private func identity(_ line: String) -> String? {
    line.firstMatch(of: /^( *)\{("type":"[^"]*",)?("id":"[^"]*")/).map {
      String($0.output.1 + $0.output.3)
    }
  }

  private func isSubsequence(_ some: [String], of all: [String]) -> Bool {
    var rest = all[...]
    for line in some {
      guard let place = rest.firstIndex(of: line) else { return false }
      rest = rest[(place + 1)...]
    }
    return true
  }
}
