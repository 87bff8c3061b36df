import Foundation
import JSON
import Protocol
import Testing

@testable import Settings

@Suite struct ApprovalTests {
  @Test(arguments: [
    ("{}", AskForApproval.never), (#"{"approvalPolicy": "untrusted"}"#, .untrusted),
    (#"{"approvalPolicy": "on-failure"}"#, .onRequest), (#"{"approvalPolicy": null}"#, .never),
    (#"{"config": {"approval_policy": "on-failure"}}"#, .onRequest),
    (#"{"config": {"model": "x"}}"#, .never),
    (#"{"approvalPolicy": "untrusted", "config": {"approval_policy": "never"}}"#, .untrusted),
  ])
  func `approval is recorded unless the request names one`(
    _ request: String, _ wanted: AskForApproval
  ) throws {
    let settings = try TemporaryHome(config: "approval_policy = \"on-request\"").settings()
    for thread in [ThreadOrigin.stored(.recorded), .fork(of: .recorded)] {
      #expect(try settings.effective(request, thread: thread).approvalPolicy == wanted)
    }
  }

  @Test(arguments: [nil, RawJSON("bogus"), RawJSON.null])
  func `the configured approval stands where none is recorded that is known`(
    _ recorded: RawJSON?
  ) throws {
    let thread = ThreadOrigin.stored(.recorded.with { $0.approvalPolicy = recorded })
    let configured = try TemporaryHome(config: "approval_policy = \"untrusted\"").settings()
    #expect(try configured.effective(thread: thread).approvalPolicy == .untrusted)
    let blank = try TemporaryHome().settings()
    #expect(try blank.effective(thread: thread).approvalPolicy == .onRequest)
  }

  @Test func `approval may be granular in every layer`() throws {
    var granular = GranularApproval()
    granular.sandboxApproval = true
    granular.mcpElicitations = true
    let text = #"{"granular":{"sandbox_approval":true,"rules":false,"mcp_elicitations":true}}"#
    let json = Array(text.utf8)
    let plain = try TemporaryHome().settings()
    let file = try TemporaryHome(
      config: "approval_policy.granular = {sandbox_approval=true,rules=false,mcp_elicitations=true}"
    ).settings()
    let thread = ThreadOrigin.stored(
      .recorded.with { $0.approvalPolicy = RawJSON(validBytes: json) })
    #expect(try file.effective().approvalPolicy == .granular(granular))
    #expect(try plain.effective(thread: thread).approvalPolicy == .granular(granular))
    for request in [#"{"approvalPolicy": \#(text)}"#, #"{"config":{"approval_policy":\#(text)}}"#] {
      #expect(try plain.effective(request).approvalPolicy == .granular(granular))
    }
  }

  @Test(arguments: [
    (nil, "{}", ApprovalsReviewer.user), ("auto_review", "{}", .autoReview),
    ("guardian_subagent", "{}", .autoReview), ("nobody", "{}", .user),
    ("auto_review", #"{"approvalsReviewer": "user"}"#, .user),
    ("auto_review", #"{"config": {"approvals_reviewer": "user"}}"#, .user),
    (nil, #"{"approvalsReviewer": "guardian_subagent"}"#, .autoReview),
  ])
  func `the reviewer is the user unless another is set`(
    _ recorded: String?, _ request: String, _ wanted: ApprovalsReviewer
  ) throws {
    let thread = RecordedSettings.recorded.with { $0.approvalsReviewer = recorded }
    let settings = try TemporaryHome().settings()
    #expect(try settings.effective(request, thread: .stored(thread)).approvalsReviewer == wanted)
  }

  @Test func `the reviewer may be configured`() throws {
    let settings = try TemporaryHome(config: "approvals_reviewer = \"auto_review\"").settings()
    #expect(try settings.effective(thread: .stored(.recorded)).approvalsReviewer == .autoReview)
  }
}

@Suite struct SandboxTests {
  static let sandboxes: [(request: String, sandbox: SandboxPolicy, profile: String?)] = [
    ("{}", .readOnly, ":read-only"), (#"{"sandbox": "read-only"}"#, .readOnly, nil),
    (#"{"sandbox": "workspace-write"}"#, .workspaceWrite(), nil),
    (#"{"sandbox": "danger-full-access"}"#, .dangerFullAccess, nil),
    (#"{"config": {"sandbox_mode": "danger-full-access"}}"#, .dangerFullAccess, nil),
    (
      #"{"sandbox": "workspace-write", "config": {"sandbox_mode": "read-only"}}"#,
      .workspaceWrite(), nil
    ),
    (
      #"{"config": {"projects": {"/srv": {"trust_level": "trusted"}}}}"#, .workspaceWrite(),
      ":workspace"
    ),
    (
      #"{"config": {"projects": {"/srv": {"trust_level": "trusted"}}, "sandbox_workspace_write.network_access": true}}"#,
      .workspaceWrite(networkAccess: true), nil
    ),
  ]

  @Test(arguments: sandboxes)
  func `the sandbox is what is asked for, with a profile where nobody asks`(
    _ request: String, _ wanted: SandboxPolicy, _ profile: String?
  ) throws {
    let effective = try TemporaryHome().settings().effective(request)
    #expect(effective.sandbox == wanted)
    #expect(effective.activePermissionProfile?.id == profile)
  }

  static let recorded:
    [(
      permissions: RecordedPermissions?, request: String, sandbox: SandboxPolicy, profile: String?
    )] = [
      (.sandbox(.readOnly), "{}", .readOnly, nil),
      (.sandbox(.dangerFullAccess), "{}", .dangerFullAccess, nil),
      (.profile(":workspace"), "{}", .workspaceWrite(), ":workspace"),
      (.profile(":read-only"), "{}", .readOnly, ":read-only"),
      (.profile(":danger-full-access"), "{}", .dangerFullAccess, ":danger-full-access"),
      (.profile("of-mine"), "{}", .workspaceWrite(["/data"]), nil),
      (.configured, "{}", .workspaceWrite(["/data"]), nil),
      (nil, "{}", .workspaceWrite(["/data"]), nil),
      (
        .sandbox(.readOnly), #"{"sandbox": "danger-full-access", "model": "m"}"#, .dangerFullAccess,
        nil
      ),
      (
        .profile(":read-only"), #"{"config": {"sandbox_mode": "workspace-write"}}"#,
        .workspaceWrite(["/data"]), nil
      ),
      (.sandbox(.readOnly), #"{"cwd": "/tmp", "approvalPolicy": "never"}"#, .readOnly, nil),
    ]

  @Test(arguments: recorded)
  func `a stored thread has the sandbox that it recorded, unless the request names one`(
    _ permissions: RecordedPermissions?, _ request: String, _ wanted: SandboxPolicy,
    _ profile: String?
  ) throws {
    let settings = try TemporaryHome(
      config: """
        sandbox_mode = "workspace-write"
        sandbox_workspace_write.writable_roots = ["/data"]
        """
    ).settings()
    let thread = RecordedSettings.recorded.with { $0.permissions = permissions }
    let effective = try settings.effective(request, thread: .stored(thread))
    #expect(effective.sandbox == wanted)
    #expect(effective.activePermissionProfile?.id == profile)
    let fork = try settings.effective(request, thread: .fork(of: thread))
    #expect(try fork.sandbox == (profile == nil ? settings.effective(request).sandbox : wanted))
    #expect(fork.activePermissionProfile?.id == profile)
    #expect(fork.runtimeWorkspaceRoots == [fork.cwd] + (profile == nil ? ["/data"] : []))
  }

  @Test func `roots of a file are below the home, those of others below the thread's directory`()
    throws
  {
    let home = try TemporaryHome(
      config: """
        sandbox_mode = "workspace-write"
        sandbox_workspace_write.writable_roots = ["/data", "rel/x", "/work", "/data/"]
        [profiles.p.sandbox_workspace_write]
        writable_roots = ["of-profile"]
        """)
    let request = #"{"cwd": "/work"}"#
    let effective = try home.settings().effective(request)
    #expect(effective.sandbox == .workspaceWrite(["/data", "\(home.path)/rel/x"]))
    #expect(effective.runtimeWorkspaceRoots == ["/work", "/data", "\(home.path)/rel/x"])
    let profile = try home.settings(profile: "p").effective(request)
    #expect(profile.sandbox == .workspaceWrite(["\(home.path)/of-profile"]))
    let option = try home.settings(["sandbox_workspace_write.writable_roots=['rel']"])
    #expect(try option.effective(request).sandbox == .workspaceWrite(["/work/rel"]))
    let given = #"{"cwd":"/work","config":{"sandbox_workspace_write.writable_roots":["rel",""]}}"#
    #expect(try home.settings().effective(given).sandbox == .workspaceWrite(["/work/rel"]))
  }

  @Test(arguments: [
    ("{}", ["/work/app", "/x", "/work/app/sub"], ["/x", "/work/app/sub"]),
    (#"{"cwd": "/tmp"}"#, ["/tmp", "/x", "/work/app/sub"], ["/x", "/work/app/sub"]),
    (#"{"runtimeWorkspaceRoots": ["/q"]}"#, ["/q"], ["/q"]),
  ])
  func `recorded directories come back, with a new one in place of the old`(
    _ request: String, _ roots: [String], _ writable: [String]
  ) throws {
    let thread = RecordedSettings.recorded.with {
      $0.workspaceRoots = ["/work/app", "/x", "sub", "/x/"]
      $0.permissions = .profile(":workspace")
    }
    let settings = try TemporaryHome(
      config: "sandbox_workspace_write.writable_roots = [\"/data\"]"
    ).settings()
    let effective = try settings.effective(request, thread: .stored(thread))
    #expect(effective.runtimeWorkspaceRoots == roots)
    #expect(effective.environments == [ThreadEnvironment(local: effective.cwd, roots: roots)])
    #expect(effective.sandbox == .workspaceWrite(writable))
    #expect(effective.activePermissionProfile?.id == ":workspace")
  }

  @Test func `what is asked for may be written to beside the recorded directories`() throws {
    let thread = RecordedSettings.recorded.with { $0.workspaceRoots = ["/work/app", "/x"] }
    let settings = try TemporaryHome(
      config: "sandbox_workspace_write.writable_roots = [\"/data\"]"
    ).settings()
    let asked = try settings.effective(
      #"{"sandbox": "workspace-write"}"#, thread: .stored(thread))
    #expect(asked.sandbox == .workspaceWrite(["/x", "/data"]))
    let fork = try settings.effective(thread: .fork(of: thread))
    #expect(fork.runtimeWorkspaceRoots == ["/work/app", "/data"])
  }

  @Test func `no directories are directories too`() throws {
    let thread = RecordedSettings.recorded.with { $0.workspaceRoots = [] }
    let settings = try TemporaryHome().settings()
    #expect(try settings.effective(thread: .stored(thread)).runtimeWorkspaceRoots == [])
  }

  @Test func `a request may give the directories that belong to the thread`() throws {
    let settings = try TemporaryHome().settings()
    let request = #"{"runtimeWorkspaceRoots": ["/w", "x/", "/w"], "sandbox": "workspace-write"}"#
    let effective = try settings.effective(request)
    #expect(effective.runtimeWorkspaceRoots == ["/w", "/srv/x"])
    #expect(effective.sandbox == .workspaceWrite(["/w", "/srv/x"]))
    #expect(try settings.effective(#"{"runtimeWorkspaceRoots": []}"#).runtimeWorkspaceRoots == [])
  }
}

@Suite struct DirectoryTests {
  @Test(arguments: [
    (#"{"cwd": "sub/x"}"#, "/srv/sub/x"), (#"{"cwd": ""}"#, "/srv"), (#"{"cwd": "../up"}"#, "/up"),
    (#"{"cwd": "/usr/"}"#, "/usr"), (#"{"cwd": "~/x"}"#, NSHomeDirectory() + "/x"),
    (#"{"cwd": null}"#, "/work/app"), ("{}", "/work/app"),
  ])
  func `a request's directory is below the server's`(_ request: String, _ wanted: String) throws {
    let settings = try TemporaryHome().settings()
    let effective = try settings.effective(request, thread: .stored(.recorded))
    #expect(effective.cwd == wanted)
    #expect(effective.runtimeWorkspaceRoots == [wanted])
  }

  @Test func `the newest recorded directory goes first`() {
    var recorded = RecordedSettings()
    #expect(recorded.directory(serverDirectory: "/srv") == "/srv")
    recorded.firstContextCwd = "rel"
    #expect(recorded.directory(serverDirectory: "/srv") == "/srv/rel")
    recorded.metaCwd = "/meta/"
    #expect(recorded.directory(serverDirectory: "/srv") == "/meta")
    recorded.cwd = "/applied"
    #expect(recorded.directory(serverDirectory: "/srv") == "/applied")
  }
}
