import Foundation
import JSON
import Protocol
import TOML
import Testing

@testable import Settings

/// A config with one thing wrong, and the warning it gives.
struct BrokenConfig: CustomTestStringConvertible, Sendable {
  let text: String
  let start: [UInt32]
  let end: [UInt32]
  let message: String

  init(_ text: String, _ start: [UInt32], _ end: [UInt32], _ message: String) {
    (self.text, self.start, self.end, self.message) = (text, start, end, message)
  }

  var testDescription: String { text }

  static let names =
    "expected one of `untrusted`, `on-failure`, `on-request`, `granular`, `never`"
  static let modes = "expected one of `read-only`, `workspace-write`, `danger-full-access`"

  static let values = [
    BrokenConfig("# x\n\n  model = 5\n", [3, 11], [3, 11], invalid("integer `5`", "a string")),
    BrokenConfig("model = true", [1, 9], [1, 12], invalid("boolean `true`", "a string")),
    BrokenConfig("model = 1e3", [1, 9], [1, 11], invalid("floating point `1000.0`", "a string")),
    BrokenConfig("model = [1,\n2]", [1, 9], [2, 2], invalid("sequence", "a string")),
    BrokenConfig("model.x = 5", [1, 1], [1, 1], invalid("map", "a string")),
    BrokenConfig("model_provider = {}", [1, 18], [1, 19], invalid("map", "a string")),
    BrokenConfig(
      "model_reasoning_effort = 3", [1, 26], [1, 26], invalid("integer `3`", "a string")),
    BrokenConfig(
      "model_reasoning_effort=\"\"", [1, 24], [1, 25], "reasoning_effort must not be empty"),
    BrokenConfig(
      "\"🐢\" = 1\n  sandbox_mode = 'é'", [2, 18], [2, 20], "unknown variant `é`, \(modes)"),
    BrokenConfig("sandbox_mode = 1", [1, 16], [1, 16], "wanted string or table"),
    BrokenConfig("sandbox_mode={x=1}", [1, 14], [1, 18], "unknown variant `x`, \(modes)"),
    BrokenConfig(
      "sandbox_workspace_write = \"x\"", [1, 27], [1, 29],
      invalid("string \"x\"", "struct SandboxWorkspaceWrite")),
    BrokenConfig(
      "sandbox_workspace_write.writable_roots = 'x'", [1, 42], [1, 44],
      invalid("string \"x\"", "a sequence")),
    BrokenConfig(
      "[sandbox_workspace_write]\nwritable_roots = [\"x\", 5]", [2, 24], [2, 24],
      invalid("integer `5`", "path string")),
    BrokenConfig(
      "[sandbox_workspace_write]\nnetwork_access = \"a\\\"b\"", [2, 18], [2, 23],
      invalid("string \"a\\\"b\"", "a boolean")),
    BrokenConfig(
      "approvals_reviewer = \"x\"", [1, 22], [1, 24],
      "unknown variant `x`, expected one of `user`, `auto_review`, `guardian_subagent`"),
    BrokenConfig("service_tier = 1", [1, 16], [1, 16], invalid("integer `1`", "a string")),
    BrokenConfig("personality = 1.5", [1, 15], [1, 17], "wanted string or table"),
    BrokenConfig("profile = 5", [1, 11], [1, 11], invalid("integer `5`", "a string")),
    BrokenConfig("profiles = 5", [1, 12], [1, 12], invalid("integer `5`", "a map")),
    BrokenConfig(
      "[profiles]\nx = 5", [2, 5], [2, 5], invalid("integer `5`", "struct ConfigProfile")),
    BrokenConfig(
      "[profiles.x]\nmodel = 0x10", [2, 9], [2, 12], invalid("integer `16`", "a string")),
    BrokenConfig("[[projects]]", [1, 1], [1, 1], invalid("sequence", "a map")),
    BrokenConfig(
      "[projects.\"/x\"]\ntrust_level = \"maybe\"", [2, 15], [2, 21],
      "unknown variant `maybe`, expected `trusted` or `untrusted`"),
    BrokenConfig(
      "[model_providers]\nx = 5", [2, 5], [2, 5],
      invalid("integer `5`", "struct ModelProviderInfo")),
  ]

  static let approvals = [
    BrokenConfig(
      "approval_policy = \"sometimes\"", [1, 19], [1, 29], "unknown variant `sometimes`, \(names)"),
    BrokenConfig("approval_policy = []", [1, 19], [1, 20], "wanted string or table"),
    BrokenConfig(
      "approval_policy = 'granular'", [1, 19], [1, 28],
      "invalid type: unit variant, expected newtype variant"),
    BrokenConfig(
      "approval_policy = {}", [1, 19], [1, 20], "wanted exactly 1 element, found 0 elements"),
    BrokenConfig(
      "approval_policy={never={},x={}}", [1, 17], [1, 31],
      "wanted exactly 1 element, more than 1 element"),
    BrokenConfig("approval_policy = {x = 1}", [1, 19], [1, 25], "unknown variant `x`, \(names)"),
    BrokenConfig(
      "approval_policy={granular=1}", [1, 27], [1, 27],
      invalid("integer `1`", "struct GranularApprovalConfig")),
    BrokenConfig(
      "approval_policy = { granular = { rules = true } }", [1, 32], [1, 47],
      "missing field `sandbox_approval`"),
    BrokenConfig(
      "approval_policy={granular={sandbox_approval=true, rules=\"x\", mcp_elicitations=true}}",
      [1, 57], [1, 59], invalid("string \"x\"", "a boolean")),
  ]

  private static func invalid(_ found: String, _ expected: String) -> String {
    "invalid type: \(found), expected \(expected)"
  }
}

@Suite struct ConfigFileTests {
  @Test(arguments: BrokenConfig.values + BrokenConfig.approvals)
  func `a wrong value is told of with its place, and is of no effect`(
    _ broken: BrokenConfig
  ) throws {
    let home = try TemporaryHome(config: broken.text)
    let settings = try home.settings()
    #expect(try settings.effective() == TemporaryHome().settings().effective())
    #expect(settings.warnings.count == 1)
    let warning = try #require(settings.warnings.first)
    #expect(warning.summary == "Invalid configuration; using defaults.")
    let place = "\(home.configPath):\(broken.start[0]):\(broken.start[1])"
    #expect(warning.details == "\(place): \(broken.message)")
    #expect(warning.path == home.configPath)
    let range = try #require(warning.range)
    #expect([range.start.line, range.start.column] == broken.start)
    #expect([range.end.line, range.end.column] == broken.end)
  }

  @Test func `each wrong value is told of, and the others count`() throws {
    let home = try TemporaryHome(
      config: """
        sandbox_mode = "workspace-write"
        model = 5
        approval_policy = "never"
        personality = "grumpy"
        [sandbox_workspace_write]
        network_access = 1
        exclude_slash_tmp = true
        """)
    let settings = try home.settings()
    #expect(settings.warnings.map(\.range?.start.line) == [2])
    let places = try #require(settings.warnings.first?.details).split(separator: "\n")
    #expect(places.count == 3)
    for (place, start) in zip(places, ["2:9: ", "4:15: ", "6:18: "]) {
      #expect(place.hasPrefix("\(home.configPath):\(start)"))
    }
    let effective = try settings.effective()
    #expect(effective.model == Settings.builtInModel)
    #expect(effective.personality == nil)
    #expect(effective.approvalPolicy == .never)
    #expect(effective.sandbox == .workspaceWrite(excludeSlashTmp: true))
  }

  @Test func `what stands before and behind a syntax error counts`() throws {
    let home = try TemporaryHome(
      config: """
        model = "early"
        profile = 5
        notify = ["F:\\d\\p.ps1"]
        approval_policy = "never"
        """)
    let settings = try home.settings()
    #expect(settings.model == "early")
    #expect(try settings.effective().approvalPolicy == .never)
    let warning = try #require(settings.warnings.first)
    #expect(
      warning.details == """
        \(home.configPath):2:11: invalid type: integer `5`, expected a string
        \(home.configPath):3:14: unknown escape sequence
        """)
    #expect(warning.range?.start.line == 2)
  }

  @Test func `a syntax error has a place without a length`() throws {
    let home = try TemporaryHome(config: "service_tier = \n")
    let range = try #require(try home.settings().warnings.first?.range)
    #expect([range.start.line, range.start.column] == [1, 16])
    #expect(range.end == range.start)
  }

  @Test func `of very many places the rest is counted`() throws {
    let home = try TemporaryHome(config: String(repeating: "x\n", count: 250))
    let lines = try #require(try home.settings().warnings.first?.details).split(separator: "\n")
    #expect(lines.count == 101)
    #expect(lines.last == "\(home.configPath): and 150 more")
  }

  @Test(arguments: [[0, 0, 0], [0, 255], [255, 254, 0x41], Array("[[[".utf8)] as [[UInt8]])
  func `a file that is no text is one warning`(_ bytes: [UInt8]) throws {
    let home = try TemporaryHome()
    try home.write(bytes, to: "config.toml")
    let settings = try home.settings()
    #expect(settings.warnings.count == 1)
    #expect(settings.table.entries.isEmpty)
  }

  @Test func `a file that is not there is nothing to warn of`() throws {
    #expect(try TemporaryHome().settings().warnings == [])
  }

  @Test func `a file that cannot be read is a warning without a place`() throws {
    let home = try TemporaryHome()
    try home.makeDirectory("config.toml")
    let warning = try #require(try home.settings().warnings.first)
    let details = try #require(warning.details)
    #expect(details.hasPrefix("Failed to read config file \(home.configPath): "))
    #expect(warning.path == nil && warning.range == nil)
  }

  @Test func `a warning is written as clients know it`() throws {
    let home = try TemporaryHome(config: "model = 15")
    let warning = try #require(try home.settings().warnings.first)
    let json = String(decoding: RawJSON(warning).bytes, as: UTF8.self)
    let path = home.configPath
    #expect(
      json == """
        {"summary":"Invalid configuration; using defaults.",\
        "details":"\(path):1:9: invalid type: integer `15`, expected a string","path":"\(path)",\
        "range":{"start":{"line":1,"column":9},"end":{"line":1,"column":10}}}
        """)
  }

  @Test func `a provider that is not there is told of and stands back`() throws {
    let home = try TemporaryHome(config: "model = \"m\"\nmodel_provider = \"nobody\"")
    let settings = try home.settings()
    #expect(settings.warnings.map(\.details) == ["Model provider `nobody` not found"])
    #expect(settings.warnings.first?.path == nil)
    let effective = try settings.effective()
    #expect(effective.model == "m")
    #expect(effective.modelProvider == "openai")
  }
}
