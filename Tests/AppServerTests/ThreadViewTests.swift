import Protocol
import TestSupport
import Testing

@testable import AppServer

/// What clients are shown of a stored thread beside its turns.
@Suite struct ThreadViewTests {
  struct Answer: Decodable {
    struct Result: Decodable {
      let thread: Thread
      var approvalsReviewer: String?
      var runtimeWorkspaceRoots: [String]?
    }
    struct Thread: Decodable {
      struct Git: Decodable { let originUrl: String? }
      struct Environment: Decodable { let runtimeWorkspaceRoots: [String] }
      let sessionId: String
      let forkedFromId: String?
      let parentThreadId: String?
      let name: String?
      let preview: String
      let modelProvider: String
      let gitInfo: Git?
      let canAcceptDirectInput: Bool?
      let environments: [Environment]?
    }
    let result: Result
  }

  private let home: StoredHome

  init() throws { home = try StoredHome() }

  private func read(_ number: Int = 1) throws -> Answer.Thread {
    let answer: Answer = try home.ask("thread/read", #"{"threadId":"\#(StoredHome.id(number))"}"#)
    return answer.result.thread
  }

  // MARK: - Git

  @Test(arguments: [
    ("https://ann:secret@example.org/a/b.git", "https://example.org/a/b.git"),
    ("https://token@host/a", "https://host/a"), ("HTTPS://u:p@Host/A", "HTTPS://Host/A"),
    ("http://u:p@h:8080/a?x=y#z", "http://h:8080/a?x=y#z"), ("https://u:p@ss@h/a", "https://h/a"),
    ("https://:p@h", "https://h"), ("https://@h/a", "https://h/a"),
    ("https://u:p#?@h/a", "https://h/a"), ("https://u:p@h:8?x=a@b", "https://h:8?x=a@b"),
    ("https://u:p@h#a@b", "https://h#a@b"), ("ssh://u:p@h/a", "ssh://h/a"),
    ("git://u:p@h/a", "git://h/a"), ("ssh://git:p@h/a", "ssh://git@h/a"),
  ])
  func `user and password are cut from an address`(_ recorded: String, _ shown: String) {
    #expect(GitInfo.withoutCredentials(recorded) == shown)
  }

  @Test(arguments: [
    "https://example.org/a/b.git", "https://h/a@b", "https://h/u:p@x", "https://h/a?token=secret",
    "ssh://git@h/a", "git+ssh://git@h:22/a", "git@h:a/b.git", "u:p@h/a", "/srv/a@b", "C:\\a", "",
    "x",
    "file:///x", "https://[::1]/a",
  ])
  func `any other address is shown as it is`(_ address: String) {
    #expect(GitInfo.withoutCredentials(address) == address)
  }

  @Test func `no answer shows the password of a repository`() throws {
    let git = #","git":{"branch":"main","repository_url":"https://ann:secret@example.org/a.git"}"#
    try home.store(1, [said("needle")], more: git)
    let id = StoredHome.id(1)
    for (method, params) in [
      ("thread/read", #"{"threadId":"\#(id)"}"#), ("thread/list", "{}"),
      ("thread/search", #"{"searchTerm":"needle"}"#), ("thread/resume", #"{"threadId":"\#(id)"}"#),
      ("getConversationSummary", #"{"conversationId":"\#(id)"}"#),
      ("thread/metadata/update", #"{"threadId":"\#(id)","gitInfo":{"branch":"next"}}"#),
      ("thread/fork", #"{"threadId":"\#(id)"}"#),
    ] {
      let answer = try home.answer(method, params)
      #expect(!answer.contains("secret") && !answer.contains("ann:"), "\(method)")
    }
    #expect(try read().gitInfo?.originUrl == "https://example.org/a.git")
  }

  // MARK: - Agents

  @Test func `the guardian has a name and a preview of its own`() throws {
    let source = #","source":{"subagent":{"other":"guardian"}}"#
    try home.store(1, [said("needle")], more: source)
    #expect(try (read().name, read().preview) == ("Guardian review", "Approval review"))
    let agents = #""sourceKinds":["subAgent"]"#
    #expect(
      try home.ids("thread/list", #"{\#(agents),"searchTerm":"guardian"}"#) == [StoredHome.id(1)])
    #expect(try home.ids("thread/list", #"{\#(agents),"searchTerm":"needle"}"#) == [])
    _ = try home.answer("thread/name/set", #"{"threadId":"\#(StoredHome.id(1))","name":"Mine"}"#)
    #expect(try (read().name, read().preview) == ("Mine", "Approval review"))
  }

  @Test(arguments: [
    (#""v2""#, spawned, false), (#""v1""#, spawned, true), ("2", spawned, true),
    (#""v2""#, #""cli""#, true), (#""v2""#, #"{"subagent":"review"}"#, true),
  ])
  func `a started agent of the second kind takes no input but its parent's`(
    _ version: String, _ source: String, _ accepts: Bool
  ) throws {
    try home.store(
      1, [said("needle")], more: #","multi_agent_version":\#(version),"source":\#(source)"#)
    #expect(try read().canAcceptDirectInput == nil)
    let answer: Answer = try home.ask("thread/resume", #"{"threadId":"\#(StoredHome.id(1))"}"#)
    #expect(answer.result.thread.canAcceptDirectInput == accepts)
    #expect(try read().canAcceptDirectInput == accepts)
  }

  private static let spawned =
    #"{"subagent":{"thread_spawn":{"parent_thread_id":"\#(StoredHome.id(9))","depth":1}}}"#

  // MARK: - Ids

  @Test func `ids of other threads are written as ids are, or not at all`() throws {
    let other = StoredHome.id(0xA).uppercased()
    try home.store(
      1, [said("needle")],
      more: #","session_id":"\#(other)","forked_from_id":"\#(other)","#
        + #""parent_thread_id":"\#(other)""#)
    let written = try read()
    #expect(written.sessionId == other.lowercased())
    #expect(written.forkedFromId == other.lowercased())
    #expect(written.parentThreadId == other.lowercased())
    try home.store(
      2, [said("needle")],
      more: #","session_id":"s","forked_from_id":"f","parent_thread_id":"p""#)
    let none = try read(2)
    #expect(none.sessionId == StoredHome.id(2))
    #expect(none.forkedFromId == nil && none.parentThreadId == nil)
  }

  // MARK: - Settings

  @Test func `a provider without a name is the configured one`() throws {
    try home.store(1, [said("needle")], more: #","model_provider":"""#)
    #expect(try read().modelProvider == "openai")
    #expect(try home.ids("thread/list", "{}") == [StoredHome.id(1)])
    #expect(try home.ids("thread/list", #"{"modelProviders":["openai"]}"#) == [StoredHome.id(1)])
  }

  @Test func `recorded directories come back in the environment too`() throws {
    let settings =
      #"{"cwd":"/w","runtime_workspace_roots":["/w","/x"],"approvals_reviewer":"auto_review"}"#
    let applied =
      #"{"type":"thread_settings_applied","thread_id":"\#(StoredHome.id(1))","#
      + #""thread_settings":\#(settings)}"#
    try home.store(1, [said("needle"), applied])
    let answer: Answer = try home.ask("thread/resume", #"{"threadId":"\#(StoredHome.id(1))"}"#)
    #expect(answer.result.runtimeWorkspaceRoots == ["/w", "/x"])
    #expect(answer.result.thread.environments?.map(\.runtimeWorkspaceRoots) == [["/w", "/x"]])
    #expect(answer.result.approvalsReviewer == "auto_review")
  }
}
