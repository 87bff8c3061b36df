import Foundation
import Platform
import Rollouts
import Synchronization
import TestSupport
import Testing

@Suite struct SessionIndexTests {
  static let a = "019c1000-0000-7000-8000-00000000000a"

  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func name(_ text: String) throws -> String? {
    try folder.write(text, to: "session_index.jsonl")
    return SessionIndex(home: folder.path).name(of: try Platform.UUID(Self.a))
  }

  private func line(_ name: String, id: String = a) -> String {
    #"{"id":"\#(id)","thread_name":"\#(name)","updated_at":"2026-01-05T10:00:00.123456789Z"}"#
      + "\n"
  }

  @Test func `the last line about the thread gives its name`() throws {
    let other = line("Other", id: "019c1000-0000-7000-8000-00000000000b")
    #expect(try name(line("One") + line("Two") + other) == "Two")
    #expect(try name(other) == nil)
    #expect(try name(line("One", id: Self.a.uppercased())) == "One")
  }

  @Test func `times do not count`() throws {
    let older = #"{"id":"\#(Self.a)","thread_name":"Older","updated_at":"2020-01-01T00:00:00Z"}"#
    #expect(try name(line("One") + older) == "Older")
  }

  @Test func `a name is trimmed; a blank one takes nothing away`() throws {
    #expect(try name(line("  One \\n")) == "One")
    #expect(try name(line("One") + line(" \\t ")) == "One")
    #expect(try name(line(" ")) == nil)
  }

  @Test(arguments: [
    "\0\0\0\n", "torn\n", "{\"id\":\n", "[]\n", "\n", "{}\n", #"{"id":7,"thread_name":"x"}"# + "\n",
    #"{"id":"019c1000-0000-7000-8000-00000000000a","thread_name":7}"# + "\n",
  ])
  func `damage does not hide other lines`(_ damage: String) throws {
    #expect(try name(damage + line("One") + damage) == "One")
    #expect(try name(damage) == nil)
  }

  @Test(arguments: [
    ("\u{FEFF}", ""), ("\0\0\0", ""), ("", "\0\0"), (" \t", " \r"), ("\0\u{FEFF} ", "\0"),
    (#"{"id":"019c1000-0000-7000-8000-00000000000a","thread_na"#, ""),
    (#"00-00000000000a","thread_name":"Zero"}"#, ""), ("{", "}"), (#"{"id":"#, ""), ("[{", ""),
    (#""#, #"{"id":"019c1000-0000-7000-8000-00000000000b","thread_"#),
    (#"{"id":"019c1000-0000-7000-8000-00000000000b","thread_name":"Other"}"#, ""),
    ("", #"{"id":"019c1000-0000-7000-8000-00000000000b","thread_name":"Other"}"#),
    (#"{"id":"019c1000-0000-7000-8000-00000000000a","thread_name":"First"}"#, ""),
    (#"{"id":"019c1000-0000-7000-8000-00000000000a","thread_name":"Zero"}torn"#, "torn"),
  ])
  func `what can be read on a line counts, whatever stands around it`(
    _ before: String, _ behind: String
  ) throws {
    let value = line("One").dropLast()
    #expect(try name("\(before)\(value)\(behind)\n") == "One")
    #expect(try name(line("Old") + "\(before)\(value)\(behind)") == "One")
  }

  @Test func `of two values on a line the later counts, and each its own thread`() throws {
    let b = "019c1000-0000-7000-8000-00000000000b"
    let joined = [line("One"), line("B", id: b), line("Two")].map { $0.dropLast() }.joined()
    #expect(try name(joined + "\n") == "Two")
    #expect(SessionIndex(home: folder.path).name(of: try Platform.UUID(b)) == "B")
  }

  @Test func `beginnings without an end cost their line and no time`() throws {
    let deep = String(repeating: #"{"id":"#, count: 100_000)
    #expect(try name(line("One") + deep + "\n") == "One")
  }

  @Test func `the last line may lack its end`() throws {
    #expect(try name(String(line("One").dropLast())) == "One")
    #expect(try name(line("One") + line("Two").dropLast(30)) == "One")
  }

  @Test func `no file and no names are the same`() throws {
    #expect(SessionIndex(home: folder("nowhere")).name(of: try Platform.UUID(Self.a)) == nil)
    #expect(try name("") == nil)
  }

  @Test func `names that are given while others are removed are kept`() throws {
    @Sendable func id(_ number: Int) throws -> Platform.UUID {
      try Platform.UUID(String(format: "019c1000-0000-7000-8000-%012d", number))
    }
    let removed = 1000
    for number in 0..<40 {
      try SessionIndex(home: folder.path).append("gone", of: id(removed + number), at: 0)
    }
    // Four that add and two that remove, each with files of its own, as servers are.
    DispatchQueue.concurrentPerform(iterations: 6) { worker in
      let index = SessionIndex(home: folder.path)
      for step in 0..<40 {
        if worker < 4 {
          try? index.append("kept", of: id(worker * 100 + step), at: 0)
        } else if step % 2 == worker % 2 {
          try? index.remove([id(removed + step)], .silent)
        }
      }
    }
    let names = SessionIndex(home: folder.path).names()
    #expect(names.count == 160)
    #expect(names.values.allSatisfy { $0 == "kept" })
  }

  @Test func `lines that the original adds to the old file while it is replaced are kept`() throws {
    let b = "019c1000-0000-7000-8000-00000000000b"
    let path = try folder.write(line("gone") + line("B", id: b), to: "session_index.jsonl")
    let original = try #require(FileHandle(forWritingAtPath: path))
    let added = Mutex<[String]>([])
    DiskAccess.watch(folder.path) { accessed in
      guard accessed != path else { return }
      let id = added.withLock { added in
        added.append(String(format: "019c2000-0000-7000-8000-%012d", added.count))
        return added[added.count - 1]
      }
      original.seekToEndOfFile()
      original.write(Data(#"{"id":"\#(id)","thread_name":"late"}"#.utf8) + Data("\n".utf8))
    }
    try SessionIndex(home: folder.path).remove([try Platform.UUID(Self.a)], .silent)
    let late = try Set(added.withLock(\.self).map { try Platform.UUID($0) })
    let names = SessionIndex(home: folder.path).names()
    #expect(late.count >= 3)
    #expect(names[try Platform.UUID(Self.a)] == nil)
    #expect(names[try Platform.UUID(b)] == "B")
    #expect(late.subtracting(names.keys) == [])
  }
}
