import Foundation
import TestSupport
import Testing

/// The program where the system gives it little. One at a time: a program must not inherit the pipes
/// of another.
@Suite(.serialized) struct LimitTests {
  private let home: TemporaryFolder

  init() throws { home = try TemporaryFolder() }

  /// Starts a program in the shell behind commands that limit it, and initializes it.
  private func start(_ limits: String) throws -> Conversation {
    try Conversation(
      Program(shell: "\(limits); CODEX_HOME='\(home.path)' exec \"$0\" app-server"))
  }

  // MARK: Open files

  @Test func `more threads are written to than files may be open by default`() throws {
    let server = try start("ulimit -Sn 64")
    let threads = try (0..<200).map { try newThread($0, with: server) }
    #expect(!threads.contains(nil))
    for thread in threads.compactMap(\.self) {
      #expect(try server.ask("thread/read", read(thread)).contains("word of "))
    }
    let list = try server.ask("thread/list", #""limit":100"#)
    #expect(list.ranges(of: "\"preview\":\"word of").count == 100)
    #expect(list.contains(#""nextCursor":""#))
    let found = try server.ask("thread/search", #""searchTerm":"word of 137!""#)
    #expect(found.contains(try #require(threads[137])))
    #expect(try server.finish() == 0)
  }

  @Test
  func `where no more files can be open, reading goes on, and writing when there is room again`()
    throws
  {
    let server = try start("ulimit -n 48")
    var threads: [String] = []
    var refused: [String] = []
    for number in 0..<60 {
      let start = try server.ask("thread/start", "")
      guard let thread = id(in: start) else {
        refused.append(start)
        continue
      }
      let item = item("word of \(number)!", for: thread)
      let answer = try server.ask("thread/inject_items", item)
      if answer.contains("result") { threads.append(thread) } else { refused.append(answer) }
    }
    #expect(threads.count > 20)
    #expect(!refused.isEmpty)
    for answer in refused {
      #expect(answer.contains("Too many open files"))
      #expect(answer.contains(#""reason":"unwritable""#))
    }
    for thread in threads {
      #expect(try server.ask("thread/read", read(thread)).contains("word of "))
    }
    let list = try server.ask("thread/list", #""sortKey":"updated_at","limit":100"#)
    #expect(list.ranges(of: "\"preview\":\"word of").count == threads.count)
    let found = try server.ask("thread/search", #""searchTerm":"word of 3!""#)
    #expect(found.contains(threads[3]))
    for thread in threads.prefix(9) {
      #expect(try server.ask("thread/archive", #""threadId":"\#(thread)""#).contains("result"))
    }
    #expect(try newThread(99, with: server) != nil)
    #expect(try server.finish() == 0)
  }

  @Test func `without a pipe it says so and ends`() throws {
    let outcome = try Program(shell: "ulimit -n 4; exec \"$0\" app-server").finish()
    #expect(outcome.status != 0)
    #expect(outcome.output == "")
  }

  // MARK: The size of files

  @Test func `a limit on the size of files is an error, and the file is as it was`() throws {
    // The limit is in blocks of 512 bytes.
    let server = try start("ulimit -f 8")
    let thread = try #require(try newThread(1, with: server))
    let before = try rollouts()
    let long = String(repeating: "long ", count: 2000)
    let answer = try server.ask("thread/inject_items", item(long, for: thread))
    #expect(answer.contains(#""code":-32603"#))
    #expect(answer.contains("File too large"))
    #expect(answer.contains(#""reason":"unwritable""#))
    #expect(try rollouts() == before)
    let big = try server.ask("thread/name/set", #""threadId":"\#(thread)","name":"\#(long)""#)
    #expect(big.contains(#""reason":"unwritable""#))
    #expect(try server.ask("thread/inject_items", item("short", for: thread)).contains("result"))
    #expect(try server.ask("thread/read", read(thread)).contains("word of 1!"))
    #expect(try server.finish() == 0)
  }

  // MARK: Compressed files

  @Test
  func `a list of a compressed thread that is huge writes nothing, and reading it has a limit`()
    throws
  {
    let thread = "019c2000-0000-7000-8000-000000000001"
    let time = #"{"timestamp":"2026-03-01T08:00:00.000Z","type":"#
    let text =
      time + #""session_meta","payload":{"id":"\#(thread)","cwd":"/w"}}"# + "\n"
      + time + #""event_msg","payload":{"type":"user_message","message":"word of 1!"}}"# + "\n"
    try home.write(
      ZstdFrame.storing(Array(text.utf8)) + ZstdFrame.repeating(0x61, blocks: 25_000),
      to: "sessions/2026/03/01/rollout-2026-03-01T08-00-00-\(thread).jsonl.zst")
    let server = try start("ulimit -f 8; export REPRISE_UNPACK_LIMIT=100000000")
    for key in ["created_at", "updated_at"] {
      let list = try server.ask("thread/list", #""sortKey":"\#(key)""#)
      #expect(list.contains(#""preview":"word of 1!""#))
    }
    let full = try server.ask("thread/read", read(thread))
    #expect(full.contains("failed to write a temporary file in "))
    #expect(full.contains(" for \(home.path)/sessions/"))
    #expect(try server.finish() == 0)
    let limited = try start("export REPRISE_UNPACK_LIMIT=100000")
    let refused = try limited.ask("thread/read", read(thread))
    #expect(refused.contains("it holds more than 100000 bytes"))
    #expect(refused.contains(#""reason":"tooLarge""#))
    #expect(try limited.ask("thread/list", "").contains(#""preview":"word of 1!""#))
    #expect(try limited.finish() == 0)
  }

  // MARK: -

  /// Starts a thread and says something in it; nil if the system has not enough for it.
  private func newThread(_ number: Int, with server: Conversation) throws -> String? {
    let answer = try server.ask("thread/start", "")
    guard let id = id(in: answer) else { return nil }
    let history = item("word of \(number)!", for: id)
    return try server.ask("thread/inject_items", history).contains("result") ? id : nil
  }

  /// The id of the thread in an answer.
  private func id(in answer: String) -> String? {
    answer.firstMatch(of: /"thread":\{"id":"([^"]*)"/).map { String($0.output.1) }
  }

  private func item(_ text: String, for thread: String) -> String {
    let content = #"[{"type":"input_text","text":"\#(text)"}]"#
    return
      #""threadId":"\#(thread)","items":[{"type":"message","role":"user","content":\#(content)}]"#
  }

  private func read(_ thread: String) -> String {
    #""threadId":"\#(thread)","includeTurns":true"#
  }

  /// The content of all rollouts, by their names.
  private func rollouts() throws -> [String: String] {
    var found: [String: String] = [:]
    for name in home.names where name.hasSuffix(".jsonl") { found[name] = try home.text(of: name) }
    return found
  }
}
