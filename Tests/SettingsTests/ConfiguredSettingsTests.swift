import JSON
import Protocol
import Testing

@testable import Settings

@Suite struct ConfiguredSettingsTests {
  @Test func `what config, profile and options say is told by the config's own names`() throws {
    let home = try TemporaryHome(
      config: """
        model = "by-file"
        model_reasoning_effort = "low"
        approval_policy = "never"
        sandbox_mode = "workspace-write"
        secret = "of no concern"
        profile = "work"
        [sandbox_workspace_write]
        writable_roots = ["beside", "/data"]
        network_access = true
        [profiles.work]
        model_reasoning_effort = "high"
        """)
    let told = try told(home.settings(["model=by-option"]))
    #expect(told["model"] == #""by-option""#)
    #expect(told["model_reasoning_effort"] == #""high""#)
    #expect(told["approval_policy"] == #""never""#)
    #expect(told["sandbox_mode"] == #""workspace-write""#)
    #expect(
      told["sandbox_workspace_write"] == """
        {"writable_roots":["\(home.path)/beside","/data"],"network_access":true,\
        "exclude_tmpdir_env_var":false,"exclude_slash_tmp":false}
        """)
    #expect(told["profile"] == #""work""#)
    #expect(told["secret"] == nil)
  }

  @Test func `what is not configured is null`() throws {
    let told = try told(TemporaryHome().settings())
    #expect(told.count == 10)
    #expect(Set(told.values) == ["null"])
  }

  @Test func `the directories of options are below the server's`() throws {
    let roots = #"sandbox_workspace_write.writable_roots=["beside"]"#
    let settings = try TemporaryHome().settings([roots])
    #expect(
      settings.configured(serverDirectory: "/srv").sandboxWorkspaceWrite?.writableRoots == [
        "/srv/beside"
      ])
  }

  private func told(_ settings: Settings) throws -> [String: String] {
    let json = RawJSON(settings.configured(serverDirectory: "/srv"))
    return try withJSON(json.bytes) { (config) throws(JSONError) in
      var members: [String: String] = [:]
      config.forEachMember { name, value in
        members[name.asString ?? ""] = String(decoding: RawJSON(value).bytes, as: UTF8.self)
      }
      return members
    }
  }
}
