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
    #expect(splitter.rest() == ArraySlice("tail".utf8))
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
    #expect(splitter.rest() == [0x62])
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

  private func lines(of text: String, by chunk: Int) -> [String] {
    var splitter = LineSplitter()
    var found: [String] = []
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      splitter.append(rest.prefix(chunk))
      rest = rest.dropFirst(chunk)
      while let line = splitter.next() { found.append(String(decoding: line, as: UTF8.self)) }
    }
    if let line = splitter.rest() { found.append(String(decoding: line, as: UTF8.self)) }
    return found
  }
}
