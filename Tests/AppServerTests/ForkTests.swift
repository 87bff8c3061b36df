import Foundation
import TestSupport
import Testing

@testable import AppServer

/// A fork up to a turn has the turns up to there, and holds nothing that stands behind them.
@Suite struct ForkTests {
  /// The threads of the fixture home, of every generation.
  static let threads =
    Set(
      (FileManager.default.subpaths(
        atPath: Repository.path(of: "Fixtures/home")) ?? [])
        .compactMap { $0.firstMatch(of: /rollout-.{20}(.{36})/).map { String($0.output.1) } }
    ).sorted()

  @Test(arguments: threads, [false, true])
  func `every turn of a stored thread can be the last one`(_ id: String, _ isCompressed: Bool)
    throws
  {
    let home = try WritableHome(copyingFixtures: true)
    if isCompressed { try home.compress(home.thread("thread/read", #""threadId":"\#(id)""#).path) }
    let parent = try home.thread("thread/read", #""threadId":"\#(id)""#)
    #expect(!parent.turns.isEmpty)
    for (number, turn) in parent.turns.enumerated() {
      for (member, count) in [("lastTurnId", number + 1), ("beforeTurnId", number)] {
        let fork = try home.thread(
          "thread/fork", #""threadId":"","path":"\#(parent.path)","\#(member)":"\#(turn.id)""#)
        #expect(fork.turns.map(\.items) == parent.turns.prefix(count).map(\.items))
        #expect(try home.thread("thread/read", fork.reference).turns == fork.turns)
        let text = try home.text(of: fork)
        let words = Set(fork.turns.flatMap(\.words))
        for word in Set(parent.turns.flatMap(\.words)).subtracting(words) {
          #expect(!text.contains(word))
        }
      }
    }
  }

  /// Records of a thread, each named by a word that stands in it; which of them a fork up to its
  /// first turn has, and how many tokens are told of it.
  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    var isPaginated = false
    let records: [String]
    let kept: [String]
    var tokens: Int?

    init(
      _ description: String, isPaginated: Bool = false, _ records: [String], kept: [String],
      tokens: Int? = nil
    ) {
      testDescription = description
      self.isPaginated = isPaginated
      self.records = records
      self.kept = kept
      self.tokens = tokens
    }
  }

  static let first: [String] =
    [.started("a")] + .said("ask-a") + .answered("ans-a") + [.tokens(1), .ended("a")]
  static let second: [String] =
    [.started("b")] + .said("ask-b") + .answered("ans-b") + [.tokens(2), .ended("b")]
  static let rolledBack = #"event_msg {"type":"thread_rolled_back","num_turns":1}"#
  static let compacted = #"compacted {"message":"sum-a"}"#

  static let cases = [
    Case(
      "a turn that was rolled back", first + second + [rolledBack], kept: ["ask-a", "ans-a"],
      tokens: 1),
    Case(
      "a turn that was rolled back, and one that came in its place",
      first + second + [rolledBack, .started("c")] + .said("ask-c") + [.ended("c")],
      kept: ["ask-a", "ans-a"], tokens: 1),
    Case(
      "turns without records of their own",
      .said("ask-a") + .answered("ans-a") + [.tokens(1), .item("developer", "ctx-b")]
        + .said("ask-b") + .answered("ans-b") + [.tokens(2), rolledBack],
      kept: ["ask-a", "ans-a"], tokens: 1),
    Case("a compaction", first + [compacted] + second, kept: ["ask-a", "ans-a"], tokens: 1),
    Case(
      "a compaction before a turn without a record",
      .said("ask-a") + .answered("ans-a") + [compacted] + .said("ask-b"), kept: ["ask-a", "ans-a"]),
    Case(
      "an injected item", first + [.item("user", "inj-a")], kept: ["ask-a", "ans-a"], tokens: 1),
    Case(
      "a turn that was interrupted, with what came right behind",
      [.started("a")] + .said("ask-a") + [
        #"response_item {"type":"function_call","name":"shell","arguments":"{}","call_id":"c"}"#,
        #"event_msg {"type":"turn_aborted","turn_id":"a","reason":"interrupted"}"#,
        #"response_item {"type":"function_call_output","call_id":"c","output":"out-a"}"#,
        .tokens(1), .item("user", "ctx-b"),
      ] + second,
      kept: ["ask-a", "out-a"], tokens: 1),
    Case(
      "a turn that never ended",
      [.started("a")] + .said("ask-a") + .answered("ans-a") + [.tokens(1), .item("user", "ctx-b")]
        + second,
      kept: ["ask-a", "ans-a"], tokens: 1),
    Case(
      "a turn that never ended, and the last one", first + [.started("b"), .item("user", "ctx-b")],
      kept: ["ask-a", "ans-a"], tokens: 1),
    Case(
      "a command that ended right behind its turn, and one that ended later",
      first + [.command("out-a", in: "a"), .tokens(3)] + second + [.command("out-b", in: "a")],
      kept: ["ask-a", "ans-a", "out-a"], tokens: 3),
    Case(
      "messages that are rebuilt",
      [
        .started("a"), .item("user", "ask-a"), .item("assistant", "ans-a"), .started("b"),
        .item("user", "ask-b"),
      ], kept: ["ask-a", "ans-a"]),
    Case(
      "a converted thread, whose messages stand before their turns", isPaginated: true,
      [
        .item("user", "ask-a"), .started("a"), .completed("UserMessage", "ask-a", in: "a"),
        .item("user", "ask-b"), .started("b"), .completed("UserMessage", "ask-b", in: "b"),
        .ended("b"),
      ], kept: ["ask-a"]),
    Case(
      "a turn that nothing but its items tells of", isPaginated: true,
      [
        .completed("UserMessage", "ask-a", in: "a"), .completed("AgentMessage", "ans-a", in: "a"),
        .item("user", "ctx-b"), .started("b"), .completed("UserMessage", "ask-b", in: "b"),
        .ended("b"),
      ], kept: ["ask-a", "ans-a"]),
    Case(
      "a review, which ends behind the beginning of its task", isPaginated: true,
      [
        .completed("EnteredReviewMode", "ask-a", in: "a"), .started("t"),
        .completed("ExitedReviewMode", "ans-a", in: "a"), .ended("a"), .started("b"),
        .completed("UserMessage", "ask-b", in: "b"),
      ], kept: ["ask-a", "ans-a"]),
  ]

  @Test(arguments: cases)
  func `behind the last turn of a fork there is nothing of its parent`(_ example: Case) throws {
    let home = try WritableHome()
    try home.store(example.records, isPaginated: example.isPaginated)
    let turn = try #require(try home.thread("thread/read", WritableHome.reference).turns.first)
    let fork = try home.thread(
      "thread/fork", WritableHome.reference + #","lastTurnId":"\#(turn.id)""#)
    #expect(home.tokens == example.tokens)
    let text = try home.wholeText(of: fork)
    #expect(
      Set(text.matches(of: /\b(ask|ans|ctx|inj|out|sum)-[a-z]\b/).map { String($0.output.0) })
        == Set(example.kept))
    #expect(turn.items.starts(with: fork.turns.first?.items ?? ["none"]))
  }

  /// A sub-agent's thread: of the records of its parent, so many are told to be that.
  @Test(arguments: [(parents: 4, turns: ["a", "b"]), (parents: 11, turns: ["p", "a", "b"])])
  func `a fork of a sub-agent shows no more than the sub-agent does`(
    _ parents: Int, _ turns: [String]
  ) throws {
    let home = try WritableHome()
    let records = ["p", "a", "b"].flatMap { turn -> [String] in
      [.started(turn), .completed("UserMessage", "ask-\(turn)", in: turn), .ended(turn)]
    }
    try home.store(
      records, isPaginated: true, members: #","subagent_history_start_ordinal":\#(parents)"#)
    for count in 1...turns.count {
      let fork = try home.thread(
        "thread/fork", WritableHome.reference + #","lastTurnId":"\#(turns[count - 1])""#)
      #expect(fork.turns.map(\.id) == Array(turns.prefix(count)))
      let grandchild = try home.thread("thread/fork", fork.reference)
      #expect(grandchild.turns == fork.turns)
    }
  }

  @Test func `before its first turn a fork of a converted thread has nothing`() throws {
    let home = try WritableHome()
    try home.store(
      [.item("user", "ask-a"), .started("a"), .completed("UserMessage", "ask-a", in: "a")],
      isPaginated: true)
    let fork = try home.thread("thread/fork", WritableHome.reference + #","beforeTurnId":"a""#)
    #expect(fork.turns.isEmpty)
    let header = try home.header(of: fork)
    #expect(header["history_base"] == nil && header["forked_from_ordinal_exclusive"] == nil)
    #expect(try home.text(of: fork).hasPrefix(#"{"timestamp":"#))
    #expect(try home.ordinals(of: fork) == [0, 1])
  }
}
