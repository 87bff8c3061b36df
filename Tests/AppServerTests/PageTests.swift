import Foundation
import TestSupport
import Testing

@testable import AppServer

/// Turns and items in pages, as a client walks through them.
@Suite struct PageTests {
  private let home: StoredHome

  private struct Answer: Decodable {
    struct Page: Decodable {
      struct Row: Decodable {
        struct Item: Decodable { let id: String }
        /// Of a turn.
        let id: String?
        let items: [Item]?
        /// Of an item.
        let turnId: String?
        let item: Item?
      }
      let data: [Row]
      let nextCursor: String?
      let backwardsCursor: String?
    }
    struct Failure: Decodable { let message: String }
    let result: Page?
    let error: Failure?
  }

  /// Five turns of which the last but one is gone, one without items, and two of the same id.
  init() throws {
    home = try StoredHome()
    try home.store(
      1,
      [
        said("one"), answered("1"), said("two"), answered("2a"), answered("2b"), said("gone"),
        answered("gone"), #"{"type":"thread_rolled_back","num_turns":1}"#,
        began("same"), said("three"), ended("same"), began("empty"), ended("empty"),
        began("same"), said("four"), answered("4"), ended("same"),
      ])
  }

  @Test(arguments: [1, 2, 3, 100], ["asc", "desc"])
  func `every turn is on one page, whatever the pages`(limit: Int, direction: String) throws {
    let whole = try turns(limit: 100, direction)
    #expect(whole.count == 5)
    #expect(try walk("thread/turns/list", limit, direction).map(\.id) == whole)
    #expect(try turns(limit: 100, direction == "asc" ? "desc" : "asc") == whole.reversed())
  }

  @Test(arguments: [1, 2, 3, 100], ["asc", "desc"])
  func `every item is on one page, whatever the pages`(limit: Int, direction: String) throws {
    let full = try page("thread/turns/list", limit: 100, direction, more: #","itemsView":"full""#)
    var wanted = full.data.flatMap { turn in
      (turn.items ?? []).map { "\(turn.id ?? "") \($0.id)" }
    }
    #expect(wanted.count == 8)
    let found = try walk("thread/items/list", limit, direction).map {
      "\($0.turnId ?? "") \($0.item?.id ?? "")"
    }
    if direction == "desc" { wanted = sortedBackwards(full) }
    #expect(found == wanted)
  }

  @Test(arguments: ["thread/turns/list", "thread/items/list"])
  func `a page can be turned around at its first row`(_ method: String) throws {
    let first = try page(method, limit: 2, "asc")
    let second = try page(method, limit: 2, "asc", first.nextCursor)
    let back = try page(method, limit: 100, "desc", second.backwardsCursor)
    let rows = (first.data + second.data.prefix(1)).reversed()
    #expect(back.data.map(name) == rows.map(name))
    #expect(back.nextCursor == nil)
  }

  @Test func `a summary is the first question and the last answer`() throws {
    let patch =
      #"{"type":"patch_apply_end","call_id":"c","success":true,"changes":{"a":{"type":"add"}}}"#
    try home.store(
      2,
      [
        began("steered"), answered("hello"), said("first"), answered("so far"), said("second"),
        answered("done"), patch, ended("steered"), began("silent"), patch, ended("silent"),
      ])
    let items = try ["full", "summary", "notLoaded"].map { view in
      try page(
        "thread/turns/list", of: 2, limit: 9, "asc", more: #","itemsView":"\#(view)""#
      ).data.map { ($0.items ?? []).map(\.id) }
    }
    #expect(items[0].map(\.count) == [6, 1])
    #expect(items[1] == [[items[0][0][1], items[0][0][4]], []])
    #expect(items[2] == [[], []])
  }

  @Test func `an empty page leads nowhere`() throws {
    let last = try page("thread/turns/list", limit: 100, "asc")
    #expect(last.nextCursor == nil)
    let first = #"{"turnId":"\#(last.data[0].id ?? "")","includeAnchor":false}"#
    let empty = try page("thread/turns/list", limit: 1, "desc", first)
    #expect(empty.data.isEmpty && empty.nextCursor == nil && empty.backwardsCursor == nil)
  }

  @Test func `what came after a page was given does not move its cursor`() throws {
    let first = try page("thread/items/list", limit: 3, "asc")
    let whole = try page("thread/items/list", limit: 100, "asc")
    try home.append(1, [said("five"), answered("5")])
    let rest = try page("thread/items/list", limit: 100, "asc", first.nextCursor)
    #expect(rest.data.map(name).starts(with: whole.data.dropFirst(3).map(name)))
    #expect(rest.data.count == whole.data.count - 3 + 2)
  }

  @Test(arguments: [-1, 0, 7, 100_000, Int.max, Int.min])
  func `what a cursor says of where its turn is, is not relied on`(_ offset: Int) throws {
    let whole = try turns(limit: 100, "asc")
    let cursor =
      #"{"turnId":"\#(whole[1] ?? "")","includeAnchor":false,"turnOffset":\#(offset)}"#
    #expect(
      try page("thread/turns/list", limit: 9, "asc", cursor).data.map(\.id) == whole.suffix(3))
    #expect(try page("thread/turns/list", limit: 9, "desc", cursor).data.map(\.id) == [whole[0]])
  }

  @Test func `a cursor to a turn that was rolled back since is refused`() throws {
    let cursor = try page("thread/turns/list", limit: 1, "desc").backwardsCursor
    try home.append(1, [#"{"type":"thread_rolled_back","num_turns":3}"#])
    let answer = try ask("thread/turns/list", limit: 1, "desc", cursor)
    #expect(answer.error?.message == "invalid cursor: anchor turn is no longer present")
  }
}

// Asking.
extension PageTests {
  private func ask(
    _ method: String, of thread: Int = 1, limit: Int, _ direction: String,
    _ cursor: String? = nil, more: String = ""
  ) throws -> Answer {
    let cursor = try String(decoding: JSONEncoder().encode(cursor), as: UTF8.self)
    return try home.ask(
      method,
      #"{"threadId":"\#(StoredHome.id(thread))","limit":\#(limit),"sortDirection":"\#(direction)","#
        + #""cursor":\#(cursor)\#(more)}"#)
  }

  private func page(
    _ method: String, of thread: Int = 1, limit: Int, _ direction: String,
    _ cursor: String? = nil, more: String = ""
  ) throws -> Answer.Page {
    try #require(try ask(method, of: thread, limit: limit, direction, cursor, more: more).result)
  }

  private func turns(limit: Int, _ direction: String) throws -> [String?] {
    try page("thread/turns/list", limit: limit, direction).data.map(\.id)
  }

  /// The rows of all pages.
  private func walk(
    _ method: String, _ limit: Int, _ direction: String
  ) throws -> [Answer.Page.Row] {
    var rows: [Answer.Page.Row] = []
    var cursor: String?
    repeat {
      let page = try page(method, limit: limit, direction, cursor)
      rows += page.data
      cursor = page.nextCursor
      try #require(rows.count < 100, "paging does not end")
    } while cursor != nil
    return rows
  }

  private func sortedBackwards(_ page: Answer.Page) -> [String] {
    page.data.flatMap { turn in
      (turn.items ?? []).reversed().map { "\(turn.id ?? "") \($0.id)" }
    }
  }

  private func name(_ row: Answer.Page.Row) -> String {
    row.id ?? "\(row.turnId ?? "") \(row.item?.id ?? "")"
  }
}
