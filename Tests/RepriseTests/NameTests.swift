import Foundation
import TestSupport
import Testing

/// Names of threads, given by several processes at once while others delete named threads.
@Suite(.serialized) struct NameTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static func id(_ number: Int) -> String {
    String(format: "019c2000-0000-7000-8000-%012d", number)
  }

  private func store(_ numbers: Range<Int>, named name: String) throws {
    for number in numbers {
      try folder.write(
        #"{"timestamp":"2026-03-01T08:00:00.000Z","type":"session_meta","payload":{"id":"#
          + #""\#(Self.id(number))","cwd":"/w"}}"# + "\n"
          + #"{"timestamp":"2026-03-01T08:00:00.000Z","type":"event_msg","payload":{"type":"#
          + #""user_message","message":"hi"}}"# + "\n",
        to: "sessions/2026/03/01/rollout-2026-03-01T08-00-00-\(Self.id(number)).jsonl")
    }
    let names = numbers.map { #"{"id":"\#(Self.id($0))","thread_name":"\#(name)"}"# + "\n" }
    let before = (try? folder.text(of: "session_index.jsonl")) ?? ""
    try folder.write(before + names.joined(), to: "session_index.jsonl")
  }

  /// Writes the input of a process, and returns its path.
  private func input(
    _ name: String, _ requests: [(method: String, params: String)]
  ) throws -> String {
    let handshake =
      #"{"id":0,"method":"initialize","params":{"clientInfo":{"name":"probe","version":"0.1"}}}"#
    let lines = requests.enumerated().map { index, request in
      #"{"id":\#(index + 1),"method":"\#(request.method)","params":{\#(request.params)}}"#
    }
    return try folder.write(([handshake] + lines).joined(separator: "\n") + "\n", to: name)
  }

  private func names() throws -> [String: String] {
    var names: [String: String] = [:]
    for line in try folder.text(of: "session_index.jsonl").split(separator: "\n") {
      let entry = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String]
      names[entry?["id"] ?? ""] = entry?["thread_name"]
    }
    return names
  }

  @Test(arguments: [false, true])
  func `a name that was given stays, whoever deletes threads, and dies doing that`(
    _ isKilled: Bool
  ) throws {
    try store(0..<40, named: "old")
    try store(100..<140, named: "gone")
    try store(200..<201, named: "parent")
    var commands: [String] = []
    for part in 0..<2 {
      let renamed = try input(
        "names\(part)",
        (0..<20).map { step in
          (
            "thread/name/set",
            #""threadId":"\#(Self.id(step * 2 + part))","name":"new \#(step)""#
          )
        })
      let forked = try input(
        "forks\(part)",
        (0..<20).map { _ in ("thread/fork", #""threadId":"\#(Self.id(200))","excludeTurns":true"#) }
      )
      commands += [renamed, forked].map { "\"$0\" app-server <'\($0)' >'\($0).out'" }
    }
    for part in 0..<2 {
      let deleted = try input(
        "deleted\(part)",
        (0..<20).map { ("thread/delete", #""threadId":"\#(Self.id(100 + $0 * 2 + part))""#) })
      let run = "\"$0\" app-server <'\(deleted)' >'\(deleted).out'"
      // It is killed when the first thread is deleted.
      let first = "grep -q '\"id\":1,' '\(deleted).out'"
      commands.append(isKilled ? "{ \(run) & while ! \(first); do :; done; kill -9 $!; }" : run)
    }
    // The parts of a pipeline run at the same time.
    let pipeline = commands.joined(separator: " | ")
    let outcome = try Program(
      shell: "export CODEX_HOME='\(folder.path)'; \(pipeline)"
    ).finish()
    #expect(outcome.status == 0, "\(outcome.complaint)")

    let names = try names()
    for part in 0..<2 {
      let answers = try folder.text(of: "names\(part).out")
      #expect(answers.matches(of: /"result":{}/).count == 20, "\(answers)")
      let forks = try folder.text(of: "forks\(part).out")
      let children = forks.matches(of: /"result":{"thread":{"id":"([^"]*)"/)
      #expect(children.count == 20)
      #expect(children.allSatisfy { names[String($0.output.1)] == "parent" })
    }
    #expect((0..<40).allSatisfy { names[Self.id($0)] == "new \($0 / 2)" })
    let left = (100..<140).filter { names[Self.id($0)] != nil }
    #expect(left.isEmpty || isKilled)
    // What was interrupted can be done again, and then nothing is left of it.
    let again = try input(
      "again", (100..<140).map { ("thread/delete", #""threadId":"\#(Self.id($0))""#) })
    _ = try Program(
      shell: "CODEX_HOME='\(folder.path)' exec \"$0\" app-server <'\(again)'"
    ).finish()
    #expect(!folder.names.contains { $0.hasSuffix(".tmp") || $0.contains("/\(Self.id(100))") })
    #expect(folder.names.count { $0.contains("T08-00-00-") } == 41)
  }
}
