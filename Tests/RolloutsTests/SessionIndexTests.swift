import Rollouts
import System
import TestSupport
import Testing

@Suite struct SessionIndexTests {
  static let a = "019c1000-0000-7000-8000-00000000000a"

  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func name(_ text: String) throws -> String? {
    try folder.write(text, to: "session_index.jsonl")
    return SessionIndex(home: folder.path).name(of: try UUID(Self.a))
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

  @Test func `the last line may lack its end`() throws {
    #expect(try name(String(line("One").dropLast())) == "One")
    #expect(try name(line("One") + line("Two").dropLast(30)) == "One")
  }

  @Test func `no file and no names are the same`() throws {
    #expect(SessionIndex(home: folder("nowhere")).name(of: try UUID(Self.a)) == nil)
    #expect(try name("") == nil)
  }
}
