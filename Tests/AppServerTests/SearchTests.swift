import Foundation
import TestSupport
import Testing

@testable import AppServer

/// Searches through all threads, and for all occurrences in one.
@Suite struct SearchTests {
  private let home: StoredHome

  private struct Found: Decodable {
    struct Page: Decodable {
      struct Row: Decodable {
        struct Thread: Decodable { let id: String }
        let thread: Thread
        let snippet: String
      }
      let data: [Row]
      let nextCursor: String?
      let backwardsCursor: String?
    }
    let result: Page
  }

  private struct Occurrences: Decodable {
    struct Page: Decodable {
      struct Row: Decodable, Equatable {
        struct Range: Decodable, Equatable {
          let start: Int
          let end: Int
        }
        let turnId: String
        let snippet: String
        let snippetMatchRange: Range
      }
      let data: [Row]
      let nextCursor: String?
    }
    let result: Page
  }

  init() throws {
    home = try StoredHome()
    try home.store(1, [said("Plant the Linden"), answered("planted")])
    try home.store(
      2,
      [
        said("what else"), #"{"type":"agent_reasoning","text":"linden trees?"}"#,
        #"{"type":"exec_command_end","call_id":"c1","command":["cat","trees.txt"],"cwd":"/w","#
          + #""exit_code":0,"aggregated_output":"oak\nLINDEN\nash\n"}"#,
        #"{"type":"patch_apply_end","call_id":"c2","success":true,"changes":"#
          + #"{"/w/birch.txt":{"type":"add","content":"white bark\n"}}}"#,
      ])
    try home.store(
      3,
      [
        said("linden, linden"), answered("a Linden 🙂 and a linden"), said("linden gone"),
        #"{"type":"thread_rolled_back","num_turns":1}"#, said("and oak"),
      ])
    try home.store(4, [said("run the linden")], source: "exec")
  }

  @Test(arguments: [
    ("linden", ["3 linden, linden", "2 oak LINDEN ash", "1 Plant the Linden"]),
    ("TREES.TXT", ["2 cat trees.txt"]),
    ("white BARK", ["2 white bark"]),
    ("birch", ["2 /w/birch.txt"]),
    ("planted", ["1 planted"]),
    ("oak", ["3 and oak", "2 oak LINDEN ash"]),
    ("linden gone", []), ("trees?", []), ("cli_version", []), ("originator", []),
  ])
  func `all that threads show is found, the newest first`(
    _ term: String, _ wanted: [String]
  ) throws {
    let found: Found = try home.ask("thread/search", #"{"searchTerm":"\#(term)"}"#)
    #expect(rows(found) == wanted)
  }

  @Test func `names are found, and other kinds when asked for`() throws {
    let index = #"{"id":"\#(StoredHome.id(1))","thread_name":"Avenue","updated_at":"x"}"#
    try home.folder.write(index + "\n", to: "home/session_index.jsonl")
    let named: Found = try home.ask("thread/search", #"{"searchTerm":"AVEN"}"#)
    #expect(rows(named) == ["1 Avenue"])
    let run: Found = try home.ask(
      "thread/search", #"{"searchTerm":"linden","sourceKinds":["exec"]}"#)
    #expect(rows(run) == ["4 run the linden"])
  }

  @Test(arguments: ["asc", "desc"])
  func `every hit is on one page, and a page can be turned around`(_ direction: String) throws {
    let ask = { (cursor: String?, direction: String) throws -> Found in
      let cursor = try String(decoding: JSONEncoder().encode(cursor), as: UTF8.self)
      return try home.ask(
        "thread/search",
        #"{"searchTerm":"linden","limit":1,"sortDirection":"\#(direction)","cursor":\#(cursor)}"#)
    }
    var walked: [String] = []
    var pages = [try ask(nil, direction)]
    while let next = pages.last?.result.nextCursor { pages.append(try ask(next, direction)) }
    for page in pages { walked += rows(page).map { String($0.prefix(1)) } }
    #expect(walked == (direction == "asc" ? ["1", "2", "3"] : ["3", "2", "1"]))
    let back = try ask(pages[1].result.backwardsCursor, direction == "asc" ? "desc" : "asc")
    #expect(rows(back) == rows(pages[1]))
  }

  @Test(arguments: [1, 2, 50])
  func `occurrences come in the thread's order, in pages of any size`(limit: Int) throws {
    var found: [Occurrences.Page.Row] = []
    var cursor: String?
    repeat {
      let text = try String(decoding: JSONEncoder().encode(cursor), as: UTF8.self)
      let page: Occurrences = try home.ask(
        "thread/searchOccurrences",
        #"{"threadId":"\#(StoredHome.id(3))","searchTerm":"LINDEN","limit":\#(limit),"#
          + #""cursor":\#(text)}"#)
      found += page.result.data
      cursor = page.result.nextCursor
      try #require(found.count < 10, "paging does not end")
    } while cursor != nil
    let shown = found.map { row in
      let units = Array(row.snippet.utf16)[row.snippetMatchRange.start..<row.snippetMatchRange.end]
      return "\(row.snippet): \(String(decoding: units, as: UTF16.self))"
    }
    #expect(
      shown == [
        "linden, linden: linden", "linden, linden: linden", "a Linden 🙂 and a linden: Linden",
        "a Linden 🙂 and a linden: linden",
      ])
    #expect(found.map(\.snippetMatchRange.start) == [0, 8, 2, 18])
  }

  private func rows(_ found: Found) -> [String] {
    found.result.data.map { "\($0.thread.id.suffix(1)) \($0.snippet)" }
  }
}
