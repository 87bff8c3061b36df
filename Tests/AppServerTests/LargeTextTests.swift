import Foundation
import TestSupport
import Testing

@testable import AppServer

/// Texts of some MB leave as they are, in parts that are not large, and are searched.
@Suite struct LargeTextTests {
  private let home: StoredHome
  private static let id = StoredHome.id(1)
  private static let part = #"Ebbe und Flut, \"zweimal\" am Tag \u00e9 \ud83d\ude00 über 8 m.\n"#
  private static let text = filler(9000) + "needle one" + filler(9000) + "NEEDLE two" + filler(3)

  private static func filler(_ count: Int) -> String { String(repeating: part, count: count) }

  init() throws {
    home = try StoredHome()
    try home.store(
      1,
      [
        began("one"), said("first " + Self.text), answered("second " + Self.text),
        #"{"type":"exec_command_end","call_id":"c","command":["cat"],"cwd":"/w","#
          + #""aggregated_output":"third \#(Self.text)","stdout":"\#(Self.text)","exit_code":0}"#,
        ended("one"), began("two"), said("thanks"),
      ])
  }

  private func say(_ method: String, _ params: String) -> String {
    home.server.receive(
      #"{"id":1,"method":"\#(method)","params":{"threadId":"\#(Self.id)"\#(params)}}"#)
    home.server.answerAll()
    let parts = home.server.takeSentParts()
    #expect((parts.map(\.count).max() ?? 0) < 600_000)
    let sent = parts.reduce(into: Data()) { $0.append(contentsOf: $1) }
    let lines = String(decoding: sent, as: UTF8.self).split(separator: "\n")
    return lines.first { $0.hasPrefix(#"{"id":1,"#) }.map { String($0) } ?? ""
  }

  @Test(arguments: [
    ("thread/read", #","includeTurns":true"#), ("thread/resume", ""),
    ("thread/turns/list", #","itemsView":"full""#), ("thread/items/list", ""),
  ])
  func `they are in every answer that shows them`(_ method: String, _ params: String) throws {
    let answer = say(method, params)
    #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(answer.utf8)) }
    for (member, text) in [("text", "first"), ("text", "second"), ("aggregatedOutput", "third")] {
      let isShown = answer.contains(#""\#(member)":"\#(text) \#(Self.text)""#)
      #expect(isShown, "\(text)")
    }
  }

  @Test(arguments: [false, true])
  func `a fork has the instructions of its parent, however long`(_ isEphemeral: Bool) throws {
    let text = "Be brief. " + Self.text
    try home.store(
      2, [began("one"), said("hello"), ended("one")],
      more: #","base_instructions":{"text":"\#(text)"}"#)
    let params = #"{"threadId":"\#(StoredHome.id(2))","ephemeral":\#(isEphemeral)}"#
    let fork = try home.answer("thread/fork", params)
    #expect(fork.contains(#""text":"hello""#) && fork.utf8.count < 10_000)
    guard !isEphemeral else { return }
    let path = try #require(fork.firstMatch(of: /"path":"([^"]*)"/)?.output.1)
    let stored = try String(contentsOfFile: String(path), encoding: .utf8)
    let header = try #require(stored.split(separator: "\n").first)
    let isThere = header.contains(#""base_instructions":{"text":"\#(text)"}"#)
    #expect(isThere)
  }

  @Test func `a change of Git keeps the instructions, however long`() throws {
    let text = "Be brief. " + Self.text
    try home.store(
      2, [began("one"), said("hello"), ended("one")],
      more: #","base_instructions":{"text":"\#(text)"}"#)
    let params = #"{"threadId":"\#(StoredHome.id(2))","gitInfo":{"branch":"b"}}"#
    #expect(try home.answer("thread/metadata/update", params).contains(#""branch":"b""#))
    let stored = try home.folder.text(of: "home/" + StoredHome.path(2))
    let last = try #require(stored.split(separator: "\n").last)
    let isThere = last.contains(#""base_instructions":{"text":"\#(text)"}"#)
    #expect(isThere)
  }

  @Test func `a preview is the beginning of one`() throws {
    let answer = try home.answer("thread/list", #"{"modelProviders":[]}"#)
    #expect(answer.contains(#""preview":"first Ebbe und Flut, "#))
    #expect(answer.utf8.count < 40_000)
  }

  @Test func `a search finds what is in their middle`() throws {
    let found = say("thread/searchOccurrences", #","searchTerm":"Needle""#)
    let snippets = found.components(separatedBy: #""snippet":""#).dropFirst().map { $0.prefix(180) }
    #expect(snippets.count == 6)
    for (index, snippet) in snippets.enumerated() {
      #expect(snippet.hasPrefix("... "))
      #expect(snippet.contains(index % 2 == 0 ? "8 m. needle oneEbbe" : "8 m. NEEDLE twoEbbe"))
    }
    #expect(try home.ids("thread/search", #"{"searchTerm":"needle two"}"#) == [Self.id])
    #expect(try home.ids("thread/search", #"{"searchTerm":"needle three"}"#) == [])
  }

  @Test func `a fork has them, and is cut before the message that is one`() throws {
    let fork = say("thread/fork", "")
    #expect(fork.contains(Self.text))
    let before = say("thread/fork", #","beforeTurnId":"one""#)
    #expect(before.isEmpty || !before.contains("Flut"))
  }
}
