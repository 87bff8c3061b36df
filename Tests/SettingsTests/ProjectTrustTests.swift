import Foundation
import Protocol
import Testing

@testable import Settings

@Suite struct ProjectTrustTests {
  /// Settings in which these directories are projects.
  private func settings(_ levels: [(path: String, level: String?)]) throws -> Settings {
    let tables = levels.map { path, level in
      "[projects.\"\(path)\"]\n" + (level.map { "trust_level = \"\($0)\"\n" } ?? "")
    }
    return try TemporaryHome(config: tables.joined()).settings()
  }

  private func sandbox(_ settings: Settings, _ directory: String) throws -> SandboxPolicy {
    try settings.effective(#"{"cwd": "\#(directory)"}"#).sandbox
  }

  @Test func `a project may be written to, whatever its level`() throws {
    let settings = try settings([("/a", "trusted"), ("/b", "untrusted"), ("/c", nil)])
    for (directory, wanted) in [
      ("/a", SandboxPolicy.workspaceWrite()), ("/a/", .workspaceWrite()), ("/a/sub", .readOnly),
      ("/b", .workspaceWrite()), ("/c", .readOnly), ("/", .readOnly),
    ] {
      #expect(try sandbox(settings, directory) == wanted, "\(directory)")
    }
    #expect(try sandbox(settings, "/b") == .workspaceWrite())
    let asked = #"{"cwd": "/a", "sandbox": "read-only"}"#
    #expect(try settings.effective(asked).sandbox == .readOnly)
  }

  @Test(arguments: [
    (#"{"cwd": "/b"}"#, AskForApproval.untrusted), (#"{"cwd": "/a"}"#, .onRequest),
    (#"{"cwd": "/b", "sandbox": "read-only"}"#, .untrusted),
    (#"{"cwd": "/b", "approvalPolicy": "on-request"}"#, .onRequest),
    (#"{"cwd": "/b", "config": {"approval_policy": "never"}}"#, .never),
  ])
  func `an untrusted project asks for everything`(
    _ request: String, _ wanted: AskForApproval
  ) throws {
    let settings = try settings([("/a", "trusted"), ("/b", "untrusted")])
    #expect(try settings.effective(request).approvalPolicy == wanted)
  }

  @Test(arguments: [
    (["a/.git/HEAD"], true), (["a/.git/config"], false), (["a/.gitignore"], false),
    (["a/.git/HEAD", "a/sub/.git/HEAD"], false), (["a/.git/HEAD", "a/sub/.git/config"], true),
    (["a/.git/HEAD", "a/sub/.git"], false),
  ])
  func `trust goes down from the repository`(_ files: [String], _ isTrusted: Bool) throws {
    let folder = try TemporaryHome()
    for file in files { try folder.write("text\n", to: file) }
    let settings = try settings([(folder.path + "/a", "trusted")])
    let wanted = isTrusted ? SandboxPolicy.workspaceWrite() : .readOnly
    #expect(try sandbox(settings, folder.path + "/a/sub/not/there") == wanted)
  }

  @Test(arguments: [
    ("gitdir: ROOT/a/.git/worktrees/w\n", true), ("gitdir: ../a/.git/worktrees/w", true),
    ("gitdir: ROOT/a/.git", false), ("ROOT/a/.git/worktrees/w", false), ("", false),
  ])
  func `a worktree is trusted as its repository is`(_ text: String, _ isTrusted: Bool) throws {
    let folder = try TemporaryHome()
    try folder.write(text.replacing("ROOT", with: folder.path), to: "w/.git")
    let settings = try settings([(folder.path + "/a", "trusted")])
    let wanted = isTrusted ? SandboxPolicy.workspaceWrite() : .readOnly
    #expect(try sandbox(settings, folder.path + "/w/sub") == wanted)
  }

  @Test func `a directory's own entry goes before its repository's`() throws {
    let folder = try TemporaryHome()
    try folder.write("ref: refs/heads/main\n", to: "a/.git/HEAD")
    let top = folder.path + "/a"
    let settings = try settings([
      (top, "trusted"), (top + "/one", "untrusted"), (top + "/two", nil),
    ])
    #expect(
      try settings.effective(#"{"cwd": "\#(top)/one"}"#).approvalPolicy == .untrusted)
    #expect(try sandbox(settings, top + "/two") == .readOnly)
    #expect(try sandbox(settings, top + "/three") == .workspaceWrite())
  }
}
