import Platform
import TestSupport
import Testing

@testable import Rollouts

@Suite struct LineReaderTests {
  static let size = LineReader.bufferSize
  /// Around the size of the buffer, one line's end and several buffers.
  static let lengths = [
    0, 1, size - 2, size - 1, size, size + 1, 2 * size - 1, 2 * size, 2 * size + 1, 3_500_000,
  ]

  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test(arguments: lengths)
  func `a line of any length comes whole, and so do its neighbours`(_ length: Int) throws {
    for before in ["", "before\n", String(repeating: "b", count: 1000) + "\n"] {
      let line = text(length)
      let read = try lines(of: Array((before + line + "\nbehind").utf8))
      let expected =
        before.isEmpty ? [line, "behind"] : [String(before.dropLast()), line, "behind"]
      #expect(read.texts == expected)
      #expect(read.offsets.last == before.utf8.count + line.utf8.count + 1)
    }
  }

  @Test(arguments: [size - 1, size, size + 1, 2 * size, 3_500_000])
  func `an unwanted line that does not fit is passed over`(_ length: Int) throws {
    let long = text(length)
    var asked: [(count: Int, offset: Int)] = []
    let read = try lines(of: Array("before\n\(long)\nbehind\n\(long)".utf8)) { bytes, offset in
      asked.append((bytes.count, offset))
      return .skipped
    }
    if length < Self.size {
      #expect(read.texts == ["before", long, "behind", long])
      #expect(asked.isEmpty)
    } else {
      #expect(read.texts.prefix(2) == ["before", "behind"])
      #expect(asked.first?.offset == 7)
      #expect(asked.first?.count == Self.size)
    }
  }

  @Test func `a wanted line that does not fit is asked for once`() throws {
    var asked = 0
    let long = text(4 * Self.size)
    let read = try lines(of: Array("a\n\(long)\nb\n".utf8)) { _, _ in
      asked += 1
      return .kept
    }
    #expect(read.texts == ["a", long, "b"])
    #expect(asked == 1)
  }

  @Test func `behind a line that was read otherwise it goes on`() throws {
    let long = text(3 * Self.size)
    for end in ["\nbehind", "\n", ""] {
      let read = try lines(of: Array("a\n\(long)\(end)".utf8)) { _, offset in
        .wasRead(to: offset + long.utf8.count)
      }
      #expect(read.texts.filter { !$0.isEmpty } == (end == "\nbehind" ? ["a", "behind"] : ["a"]))
    }
  }

  @Test func `a part of a file ends where it is told to`() throws {
    let bytes = Array("one\ntwo\nthree\n".utf8)
    #expect(try lines(of: bytes, in: 4..<8).texts == ["two"])
    #expect(try lines(of: bytes, in: 4..<6).texts == ["tw"])
    #expect(try lines(of: bytes, in: 4..<4).texts == [])
    #expect(try lines(of: bytes, in: 8..<1000).texts == ["three"])
  }

  @Test func `the rest of a line that began before is passed over`() throws {
    let path = try folder.write(Array("one\ntwo\nthree".utf8), to: "lines")
    for file in [try File(path, for: .reading), try File(loading: path, upTo: 100)] {
      for (start, next) in [(0, "two"), (3, "two"), (4, "three"), (8, nil)] {
        let reader = LineReader(file, in: start..<100)
        try reader.skipLine()
        let line = try reader.next { _, _ in .kept }
        let text = withExtendedLifetime(reader) {
          line.map { String(decoding: $0.bytes, as: UTF8.self) }
        }
        #expect(text == next)
      }
    }
  }

  @Test func `empty lines are lines, and the end of the last one begins none`() throws {
    #expect(try lines(of: []).texts == [])
    #expect(try lines(of: Array("\n\n".utf8)).texts == ["", ""])
    #expect(try lines(of: Array("a\n\nb".utf8)).texts == ["a", "", "b"])
  }

  @Test func `characters of several bytes stay whole wherever the buffer ends`() throws {
    for shift in 0..<4 {
      let line = String(repeating: "x", count: Self.size - 6 + shift) + "😀é😀"
      #expect(try lines(of: Array("\(line)\nnext".utf8)).texts == [line, "next"])
    }
  }

  private func text(_ length: Int) -> String {
    String((0..<length).map { Character(Unicode.Scalar(UInt8(97 + $0 % 23))) })
  }

  private func lines(
    of bytes: [UInt8], in range: Range<Int> = 0..<Int.max,
    ifLong decide: (UnsafeBufferPointer<UInt8>, Int) -> LineReader.LongLine = { _, _ in .kept }
  ) throws -> (texts: [String], offsets: [Int]) {
    let path = try folder.write(bytes, to: "lines")
    let read = try lines(of: File(path, for: .reading), in: range, ifLong: decide)
    let loaded = try File(loading: path, upTo: .max)
    let lent = try lines(of: loaded, in: range, ifLong: { _, _ in .kept })
    if lent.texts.allSatisfy({ $0.utf8.count < Self.size }) { #expect(lent == read) }
    return read
  }

  private func lines(
    of file: File, in range: Range<Int>,
    ifLong decide: (UnsafeBufferPointer<UInt8>, Int) -> LineReader.LongLine
  ) throws -> (texts: [String], offsets: [Int]) {
    let reader = LineReader(file, in: range)
    var read: (texts: [String], offsets: [Int]) = ([], [])
    while let line = try reader.next(ifLong: decide) {
      read.texts.append(String(decoding: line.bytes, as: UTF8.self))
      read.offsets.append(line.offset)
    }
    return read
  }
}
