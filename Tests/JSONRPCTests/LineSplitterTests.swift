import Testing

@testable import JSONRPC

@Suite struct LineSplitterTests {
  @Test(arguments: [1, 2, 3, 5, 100])
  func `lines are the same however the bytes arrive`(_ chunk: Int) {
    #expect(lines(of: "one\n\r\ntwo\r\n\nthree", by: chunk) == ["one", "\r", "two\r", "", "three"])
  }

  @Test(arguments: [("", []), ("\n", [""]), ("a\n", ["a"]), ("a\nb\n", ["a", "b"])])
  func `nothing is left behind a newline`(_ text: String, _ expected: [String]) {
    #expect(lines(of: text, by: 4) == expected)
  }

  @Test func `what is left is given once`() {
    var splitter = LineSplitter()
    splitter.append(Array("tail".utf8)[...])
    #expect(splitter.next() == nil)
    #expect(splitter.rest() == .whole(ArraySlice("tail".utf8)))
    #expect(splitter.rest() == nil)
  }

  @Test func `a line longer than any chunk comes whole`() {
    let chunk = [UInt8](repeating: 0x61, count: 64 * 1024)
    var splitter = LineSplitter()
    for _ in 0..<40 {
      splitter.append(chunk[...])
      #expect(splitter.next() == nil)
    }
    splitter.append([0x0A, 0x62][...])
    #expect(splitter.next()?.count == 40 * chunk.count)
    #expect(splitter.next() == nil)
    #expect(splitter.rest() == .whole([0x62]))
  }

  @Test func `a long line does not keep its memory`() {
    var splitter = LineSplitter()
    splitter.append([UInt8](repeating: 0x61, count: 8 << 20)[...])
    splitter.append([0x0A, 0x62][...])
    #expect(splitter.next()?.count == 8 << 20)
    #expect(splitter.capacity >= 8 << 20)
    #expect(splitter.next() == nil)
    #expect(splitter.capacity < 1 << 20)
  }

  @Test(arguments: [1, 7, 4096, 100_000], ["\n", ""])
  func `of a line that is too long only the beginning is kept`(
    _ chunk: Int, _ end: String
  ) throws {
    let long = String(repeating: "l", count: 20_000)
    let longer = "h" + String(repeating: "m", count: 20_000)
    let longest = "h" + String(repeating: "n", count: 60_000)
    let text = ["one", long, "two", longer, longest, long].joined(separator: "\n") + end
    var splitter = LineSplitter(limit: 10_000, greatestLimit: 30_000) { $0.first == 0x68 }
    let found = lines(of: text, by: chunk, &splitter)
    let kept = LineSplitter.beginningSize
    #expect(
      found == [
        "one", "!" + long.prefix(kept), "two", longer, "!" + longest.prefix(kept),
        "!" + long.prefix(kept),
      ] || chunk > 10_000 && found.count == 6)
  }

  private func lines(of text: String, by chunk: Int) -> [String] {
    var splitter = LineSplitter()
    return lines(of: text, by: chunk, &splitter)
  }

  private func lines(
    of text: String, by chunk: Int, _ splitter: inout LineSplitter
  ) -> [String] {
    var found: [String] = []
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      splitter.append(rest.prefix(chunk))
      rest = rest.dropFirst(chunk)
      while let line = splitter.next() { found.append(line.text) }
    }
    if let line = splitter.rest() { found.append(line.text) }
    return found
  }
}

extension LineSplitter.Line {
  fileprivate var count: Int {
    switch self {
    case .whole(let line), .tooLong(let line): line.count
    }
  }

  /// The text, behind a mark if it is only the beginning.
  fileprivate var text: String {
    switch self {
    case .whole(let line): String(decoding: line, as: UTF8.self)
    case .tooLong(let line): "!" + String(decoding: line, as: UTF8.self)
    }
  }
}
