import Foundation
import Testing

@testable import AppServer

/// An image of some MB in a message leaves as it is, in parts that are not large.
@Suite struct LargeImageTests {
  private let home: StoredHome
  private static let image =
    "data:image/png;base64," + String(repeating: "iVBORw0KGgo+AAA/NSUhEUg", count: 60_000)

  init() throws {
    home = try StoredHome()
    let message = #"{"type":"user_message","message":"look","images":["\#(Self.image)"]}"#
    try home.store(
      1, [began("one"), message, answered("a cat"), ended("one"), began("two"), said("thanks")])
  }

  @Test(arguments: [
    ("thread/read", #","includeTurns":true"#), ("thread/resume", ""),
    ("thread/turns/list", #","itemsView":"full""#), ("thread/items/list", ""),
  ])
  func `it is in every answer that shows it`(_ method: String, _ params: String) throws {
    let id = StoredHome.id(1)
    home.server.receive(
      #"{"id":1,"method":"\#(method)","params":{"threadId":"\#(id)"\#(params)}}"#)
    home.server.answerAll()
    let parts = home.server.takeSentParts()
    #expect(try #require(parts.map(\.count).max()) < 600_000)
    let answers = parts.joined().split(separator: UInt8(ascii: "\n"))
    let answer = try #require(answers.first { $0.starts(with: #"{"id":1,"#.utf8) })
    #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(answer)) }
    let content =
      #"[{"type":"text","text":"look","text_elements":[]},{"type":"image","url":"\#(Self.image)","#
    #expect(Data(answer).range(of: Data(content.utf8)) != nil)
    let next = Data(#""text":"a cat""#.utf8)
    #expect(Data(answer).range(of: next) != nil)
  }
}
