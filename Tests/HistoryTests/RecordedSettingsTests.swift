import JSON
import Platform
import Protocol
import Rollouts
import TestSupport
import Testing

@testable import History

/// What the records of a thread say of the settings that it had.
@Suite struct RecordedSettingsTests {
  private static let other = "019c1000-0000-7000-8000-000000000002"

  private func recorded(_ records: String..., meta: String = "") throws -> RecordedSettings {
    let header =
      #"{"type":"session_meta","payload":{"id":"\#(StoredRollout.id)","cwd":"/w"\#(meta)}}"#
    let lines = [header] + records
    return try StoredRollout(Array(lines.joined(separator: "\n").utf8)).thread.recorded
  }

  private func applied(_ settings: String, to thread: String = StoredRollout.id) -> String {
    #"{"type":"event_msg","payload":{"type":"thread_settings_applied","thread_id":"\#(thread)","#
      + #""thread_settings":{\#(settings)}}}"#
  }

  private func context(_ members: String) -> String {
    #"{"type":"turn_context","payload":{"cwd":"/w"\#(members)}}"#
  }

  private static func managed(_ entries: String..., network: String = "restricted") -> String {
    #"{"type":"managed","file_system":{"type":"restricted","entries":["#
      + entries.joined(separator: ",") + #"]},"network":"\#(network)"}"#
  }

  private static func place(_ kind: String, _ access: String) -> String {
    #"{"path":{"type":"special","value":{"kind":"\#(kind)"}},"access":"\#(access)"}"#
  }

  private static func path(_ access: String) -> String {
    #"{"path":{"type":"path","path":"/w"},"access":"\#(access)"}"#
  }

  private static func readOnly(networkAccess: Bool = false) -> RecordedPermissions {
    var policy = SandboxPolicy.ReadOnly()
    policy.networkAccess = networkAccess
    return .sandbox(.readOnly(policy))
  }

  private static func workspaceWrite(
    _ change: (inout SandboxPolicy.WorkspaceWrite) -> Void
  ) -> RecordedPermissions {
    var policy = SandboxPolicy.WorkspaceWrite()
    change(&policy)
    return .sandbox(.workspaceWrite(policy))
  }

  static let profiles: [(String, RecordedPermissions?)] = [
    (#"{"type":"disabled"}"#, .sandbox(.dangerFullAccess)),
    (#"{"type":"external","network":"enabled"}"#, .configured),
    (managed(place("root", "read")), readOnly()), (managed(), readOnly()),
    (managed(place("root", "read"), network: "enabled"), readOnly(networkAccess: true)),
    (managed(place("root", "read"), path("deny")), readOnly()),
    (managed(place("root", "read"), path("write")), .configured),
    (managed(path("read")), .configured), (managed(place("moon", "write")), .configured),
    (managed(place("moon", "read")), readOnly()),
    (#"{"type":"managed","file_system":{"type":"new","entries":[]},"network":"restricted"}"#, nil),
    (
      managed(place("root", "read"), place("project_roots", "write"), place("slash_tmp", "write")),
      workspaceWrite { $0.excludeTmpdirEnvVar = true }
    ),
    (
      managed(
        place("current_working_directory", "write"), place("tmpdir", "write"), network: "enabled"),
      workspaceWrite {
        $0.excludeSlashTmp = true
        $0.networkAccess = true
      }
    ),
    (
      managed(place("root", "write")),
      .sandbox(.externalSandbox(SandboxPolicy.ExternalSandbox()))
    ),
    (
      #"{"type":"managed","file_system":{"type":"unrestricted"},"network":"enabled"}"#,
      .sandbox(.dangerFullAccess)
    ),
    (#"{"type":"new"}"#, nil), (#""disabled""#, nil), ("null", nil), ("{}", nil),
    (#"{"type":"managed","network":"restricted"}"#, nil),
    (#"{"type":"managed","file_system":{"type":"restricted"},"network":"restricted"}"#, nil),
    (managed(network: "some"), nil),
  ]

  @Test(arguments: profiles)
  func `a profile of permissions comes to a sandbox`(
    _ profile: String, _ wanted: RecordedPermissions?
  ) throws {
    let record = applied(#""permission_profile":\#(profile)"#)
    #expect(try recorded(record).permissions == wanted)
    let before = applied(#""permission_profile":{"type":"disabled"}"#)
    #expect(try recorded(before, record).permissions == wanted ?? .sandbox(.dangerFullAccess))
  }

  @Test func `the name of a profile goes before what it says`() throws {
    let name = #""active_permission_profile":{"id":":workspace"}"#
    let profile = #""permission_profile":{"type":"disabled"}"#
    #expect(try recorded(applied("\(profile),\(name)")).permissions == .profile(":workspace"))
    #expect(try recorded(applied(name)).permissions == nil)
    #expect(
      try recorded(applied("\(profile),\(name)"), applied(profile)).permissions
        == .sandbox(.dangerFullAccess))
  }

  private static let settings =
    #""permission_profile":{"type":"disabled"},"runtime_workspace_roots":["/x",5],"#
    + #""collaboration_mode":{"mode":"plan"}"#

  @Test func `permissions, directories and mode are those that were applied to the thread`() throws
  {
    let own = try recorded(applied(Self.settings))
    #expect(own.permissions == .sandbox(.dangerFullAccess))
    #expect(own.workspaceRoots == ["/x"])
    #expect(own.collaborationMode == RawJSON(validBytes: Array(#"{"mode":"plan"}"#.utf8)))
    let newest = try recorded(applied(Self.settings), applied(""))
    #expect(newest.permissions == own.permissions)
    #expect(newest.collaborationMode == own.collaborationMode)
    #expect(newest.workspaceRoots == nil)
  }

  @Test func `what was applied to another thread, or in one turn, is not the thread's`() throws {
    let meta = #","runtime_workspace_roots":["/m"]"#
    let context = context(
      #","permission_profile":{"type":"disabled"},"workspace_roots":["/c"]"#)
    let found = try recorded(applied(Self.settings, to: Self.other), context, meta: meta)
    #expect(found.permissions == nil && found.collaborationMode == nil)
    #expect(found.workspaceRoots == ["/m"])
    #expect(try recorded(context).workspaceRoots == nil)
  }

  @Test func `the reviewer is the newest of settings and turns`() throws {
    let settings = applied(#""approvals_reviewer":"user""#)
    let turn = context(#","approvals_reviewer":"auto_review""#)
    #expect(try recorded(settings, turn).approvalsReviewer == "auto_review")
    #expect(try recorded(turn, settings).approvalsReviewer == "user")
    #expect(try recorded(turn, context(""), applied("")).approvalsReviewer == "auto_review")
  }

  @Test func `the mode of turns is that of the last one`() throws {
    let plan = context(#","collaboration_mode":{"mode":"plan"}"#)
    #expect(try recorded(plan, plan).contextCollaborationMode != nil)
    let none = context(#","collaboration_mode":"plan""#)
    #expect(try recorded(plan, none).contextCollaborationMode == nil)
  }

  @Test func `a provider without a name and an empty directory are none`() throws {
    let settings = try recorded(
      applied(#""cwd":"/a","model_provider_id":"p""#), applied(#""cwd":"","model_provider_id":"""#),
      meta: #","model_provider":"""#)
    #expect(settings.cwd == "/a" && settings.metaModelProvider == nil)
    #expect(settings.modelProvider == "")
  }
}
