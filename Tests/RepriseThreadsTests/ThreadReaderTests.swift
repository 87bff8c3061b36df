import RepriseThreads
import TestSupport
import Testing

/// The library as another package uses it: its public declarations alone.
@Suite struct ThreadReaderTests {
  private let reader = ThreadReader(home: Repository.path(of: "Fixtures/home"))

  @Test func `threads are listed, the newest first, those in the archive by themselves`() throws {
    let threads = try reader.threads()
    #expect(threads.count == 7)
    #expect(threads.map(\.createdAt) == threads.map(\.createdAt).sorted(by: >))
    #expect(threads.allSatisfy { !$0.preview.isEmpty && $0.path.hasSuffix(".jsonl") })
    let archived = try reader.threads(areArchived: true)
    #expect(archived.map(\.id) == ["019c7b20-33cc-7d24-8e66-708192a3b404"])
  }

  @Test func `the messages of a thread come in its order`() throws {
    let messages = try reader.messages(of: "019bd0c1-5a10-7c3e-9f21-6b0d4e7a1c01")
    #expect(messages.first?.author == .user)
    #expect(messages.contains { $0.author == .agent })
    #expect(messages.allSatisfy { !$0.text.isEmpty && !$0.turnID.isEmpty })
  }

  @Test(arguments: ["no id", "00000000-0000-4000-8000-000000000001"])
  func `a thread that is not there is an error`(_ id: String) {
    #expect(throws: ThreadReaderError.self) { try reader.messages(of: id) }
  }
}
