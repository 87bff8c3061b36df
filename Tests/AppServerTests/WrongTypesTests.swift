import JSON
import Protocol
import TestSupport
import Testing

@testable import AppServer

/// Whatever type a member of a thread's header or settings has, clients get only what they know.
@Suite struct WrongTypesTests {
  private static let records = [
    #"{"type":"session_meta","payload":{"id":"\#(StoredHome.id(1))","session_id":"\#(StoredHome.id(1))","timestamp":"2026-03-01T08:00:00.000Z","cwd":"/w","originator":"o","cli_version":"0.163.0","source":{"subagent":{"thread_spawn":{"parent_thread_id":"\#(StoredHome.id(2))","depth":1,"agent_path":"/root/a","agent_nickname":"n","agent_role":"r"}}},"model_provider":"openai","forked_from_id":"\#(StoredHome.id(3))","parent_thread_id":"\#(StoredHome.id(2))","agent_nickname":"n","agent_role":"r","thread_source":"user","history_mode":"legacy","multi_agent_version":"v2","runtime_workspace_roots":["/w","/x"],"git":{"commit_hash":"c","branch":"b","repository_url":"https://u:p@example.org/a"}}}"#,
    #"{"type":"turn_context","payload":{"cwd":"/w","approval_policy":{"granular":{"sandbox_approval":true,"rules":true,"skill_approval":true,"request_permissions":true,"mcp_elicitations":true}},"approvals_reviewer":"user","sandbox_policy":{"type":"read-only"},"model":"m","effort":"high","collaboration_mode":{"mode":"plan","settings":{"model":"m","reasoning_effort":"high","developer_instructions":"d"}}}}"#,
    #"{"type":"event_msg","payload":{"type":"user_message","message":"Hi","images":[],"text_elements":[{"byte_range":{"start":0,"end":1},"placeholder":"p"}]}}"#,
    #"{"type":"event_msg","payload":{"type":"token_count","info":{"total_token_usage":{"input_tokens":1,"cached_input_tokens":1,"output_tokens":1,"reasoning_output_tokens":1,"total_tokens":3},"last_token_usage":{"input_tokens":1,"total_tokens":1},"model_context_window":10}}}"#,
    #"{"type":"event_msg","payload":{"type":"thread_name_updated","thread_id":"\#(StoredHome.id(1))","thread_name":"n"}}"#,
    #"{"type":"event_msg","payload":{"type":"thread_settings_applied","thread_id":"\#(StoredHome.id(1))","thread_settings":{"model":"m","model_provider_id":"openai","service_tier":"flex","approval_policy":"never","approvals_reviewer":"auto_review","permission_profile":{"type":"managed","file_system":{"type":"restricted","entries":[{"path":{"type":"special","value":{"kind":"root"}},"access":"read"}]},"network":"restricted"},"active_permission_profile":{"id":":read-only"},"cwd":"/w","reasoning_effort":"low","personality":"friendly","collaboration_mode":{"mode":"plan","settings":{"model":"m","reasoning_effort":null,"developer_instructions":null}},"runtime_workspace_roots":["/w"],"disabled_plugin_ids":["p"]}}}"#,
  ]

  @Test(arguments: records.indices)
  func `a member of another type never reaches a client`(_ index: Int) throws {
    var generator = SeededGenerator(seed: 7)
    for mutated in try MutatedJSON.all(of: Array(Self.records[index].utf8), using: &generator) {
      var records = Self.records
      records[index] = String(decoding: mutated, as: UTF8.self)
      let home = try StoredHome()
      try home.folder.write(
        records.joined(separator: "\n") + "\n", to: "home/" + StoredHome.path(1))
      let id = StoredHome.id(1)
      try check(
        ThreadList.self, #"{"sourceKinds":["subAgent","unknown"],"modelProviders":[]}"#, on: home)
      try check(ThreadRead.self, #"{"threadId":"\#(id)","includeTurns":true}"#, on: home)
      try check(ThreadResume.self, #"{"threadId":"\#(id)"}"#, on: home)
    }
  }

  /// Decodes what is said because of a request: an answer as declared, or an error.
  private func check<M: Method>(_ method: M.Type, _ params: String, on home: StoredHome) throws {
    for line in home.say(M.name, params) {
      #expect(throws: Never.self, "\(line)") {
        try withJSON(Array(line.utf8)) { (json) throws(JSONError) in
          if let result = json["result"] { _ = try M.Response(json: result) }
          if json["method"]?.textEquals("thread/tokenUsage/updated") == true {
            _ = try ThreadTokenUsageUpdated(json: json["params"] ?? json)
          }
        }
      }
    }
  }
}
