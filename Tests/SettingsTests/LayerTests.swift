import Foundation
import Protocol
import TOML
import Testing

@testable import Settings

@Suite struct LayerTests {
  static let config = """
    model = "by-file"
    model_provider = "mock"
    approval_policy = "never"
    [model_providers.mock]
    [profiles.work]
    model = "by-table"
    model_reasoning_effort = "low"
    """

  // MARK: - Options

  @Test(arguments: [
    (["model=\"with blank\""], "with blank"), (["model='single'"], "single"),
    (["model=two words"], "two words"), ([" model = spaced "], "spaced"),
    (["model=a", "model=b"], "b"), (["model=a=b"], "a=b"), (["model=[1"], "[1"),
    (["model=2026-01-05"], "2026-01-05"), (["model=\"a\" # why"], "a"),
  ])
  func `an option is TOML or a plain word`(_ options: [String], _ model: String) throws {
    let settings = try TemporaryHome(config: Self.config).settings(options)
    #expect(try settings.effective().model == model)
  }

  @Test func `options with dotted keys add to each other`() throws {
    let settings = try TemporaryHome().settings([
      "sandbox_workspace_write={network_access=true}", "sandbox_mode=workspace-write",
      "sandbox_workspace_write.exclude_slash_tmp=true", "projects.\"/a.b\".trust_level=trusted",
    ])
    #expect(
      try settings.effective().sandbox
        == .workspaceWrite(networkAccess: true, excludeSlashTmp: true))
    #expect(settings.table[path: ["projects", "/a.b", "trust_level"]]?.kind == .string("trusted"))
  }

  @Test(arguments: [
    ("nope", "Invalid override (missing '='): nope"), ("", "Invalid override (missing '='): "),
    ("=x", "Empty key in override: =x"),
    ("model=5", "invalid type: integer `5`, expected a string\nin `model`\n"),
    ("model.x=1", "invalid type: map, expected a string\nin `model`\n"),
    ("model_provider=nobody", "Model provider `nobody` not found"),
    (
      "sandbox_workspace_write.network_access=perhaps",
      "invalid type: string \"perhaps\", expected a boolean\n"
        + "in `sandbox_workspace_write.network_access`\n"
    ),
    (
      String(repeating: "a.", count: 100_000) + "a=1",
      "a key is nested deeper than 256 levels"
    ),
  ])
  func `an option that cannot be is an error`(_ option: String, _ why: String) throws {
    let home = try TemporaryHome(config: Self.config)
    #expect(
      message { _ = try home.settings([option]) } == "failed to load configuration: \(why)")
  }

  @Test func `an option that means nothing here is accepted`() throws {
    #expect(try TemporaryHome().settings(["no.such.key=[1, 2]", ".=1"]).warnings == [])
  }

  // MARK: - Profiles

  @Test func `a profile is a table of the config`() throws {
    let settings = try TemporaryHome(config: Self.config).settings(profile: "work")
    let effective = try settings.effective()
    #expect(effective.model == "by-table")
    #expect(effective.reasoningEffort == "low")
    #expect(effective.approvalPolicy == .never)
  }

  @Test func `a profile's own file goes before its table`() throws {
    let home = try TemporaryHome(config: Self.config)
    try home.write("model = \"by-profile\"\npersonality = 5", to: "work.config.toml")
    let settings = try home.settings(profile: "work")
    #expect(settings.model == "by-profile")
    #expect(settings.reasoningEffort == nil)
    #expect(settings.modelProvider == "mock")
    #expect(settings.warnings.map(\.path) == [home.path + "/work.config.toml"])
    #expect(try home.settings(["model=by-option"], profile: "work").model == "by-option")
  }

  @Test func `what is broken in a profile's own file costs itself alone`() throws {
    let home = try TemporaryHome(config: Self.config)
    try home.write("model = \"x\nservice_tier = \"flex\"\n[oops\n", to: "work.config.toml")
    let settings = try home.settings(profile: "work")
    #expect(settings.model == "by-file")
    #expect(try settings.effective().serviceTier == "flex")
    let details = try #require(settings.warnings.first?.details).split(separator: "\n")
    #expect(details.map { $0.hasPrefix(home.path + "/work.config.toml:") } == [true, true])
  }

  @Test func `config and options name a profile too, the command line before them`() throws {
    let home = try TemporaryHome(
      config: "profile = \"work\"\n\(Self.config)\n[profiles.home]\nmodel = \"at-home\"")
    #expect(try home.settings().model == "by-table")
    #expect(try home.settings(["profile=home"]).model == "at-home")
    #expect(try home.settings(["profile=work"], profile: "home").model == "at-home")
    #expect(try home.settings().effective(#"{"config": {"profile": "home"}}"#).model == "at-home")
  }

  @Test func `a profile that is not there is an error for who asks, and else a warning`() throws {
    let home = try TemporaryHome(config: "model = \"m\"\nprofile = \"gone\"")
    let why =
      "profile `gone` not found: neither \(home.path)/gone.config.toml nor [profiles.gone] in "
      + home.configPath
    let settings = try home.settings()
    #expect(settings.warnings.map(\.details) == ["\(home.configPath):2:11: \(why)"])
    #expect(settings.model == "m")
    let error = "failed to load configuration: \(why)"
    #expect(message { _ = try home.settings(profile: "gone") } == error)
    #expect(message { _ = try home.settings(["profile=gone"]) } == error)
    #expect(message { _ = try settings.effective(#"{"config":{"profile":"gone"}}"#) } == error)
  }

  @Test func `a profile's name is no path`() throws {
    let home = try TemporaryHome()
    try home.write("model = \"m\"", to: "sub/x.config.toml")
    #expect(message { _ = try home.settings(profile: "sub/x") } != nil)
  }
}

@Suite struct HomeTests {
  @Test(arguments: [
    ("~/x", NSHomeDirectory() + "/x"), ("~", NSHomeDirectory()), ("~nobody", "/srv/~nobody"),
    ("a/~", "/srv/a/~"), ("", "/srv"), (".", "/srv"), ("../up", "/up"), ("sub//x/", "/srv/sub/x"),
    ("/a//b/./c/..//", "/a/b"), ("/", "/"),
  ])
  func `a path is made absolute by its text`(_ path: String, _ wanted: String) {
    #expect(UserPath.absolute(path, from: "/srv") == wanted)
  }

  @Test(arguments: ["C:\\w", "d:/w/../x", #"\\server\share"#, #"\\?\C:\w"#])
  func `a path of Windows is absolute as it is`(_ path: String) {
    #expect(UserPath.absolute(path, from: "/srv") == path)
  }

  @Test func `the home is absolute`() throws {
    #expect(try Home.locate().path.hasPrefix("/"))
  }
}
