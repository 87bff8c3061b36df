import JSON
import Protocol
import Testing

@Suite struct ResumeParamsTests {
  @Test func `all members are read`() throws {
    let params = try decoded(
      ThreadResumeParams.self,
      #"""
      {"threadId": "t", "path": "/r.jsonl", "excludeTurns": true, "model": "m", "cwd": "/w",
       "history": [{"type": "message", "role": "user", "content": [], "x": 1.0}],
       "initialTurnsPage": {"limit": 5, "sortDirection": "asc", "itemsView": "summary"},
       "modelProvider": "p", "serviceTier": "flex", "runtimeWorkspaceRoots": ["/a"],
       "approvalPolicy": "on-failure", "approvalsReviewer": "guardian_subagent",
       "sandbox": "workspace-write", "permissions": "x", "personality": "none",
       "config": {"a.b": [1], "c": null}, "baseInstructions": "b", "developerInstructions": "d"}
      """#)
    #expect(params.threadID == "t" && params.path?.text == "/r.jsonl" && params.excludeTurns)
    #expect(params.initialTurnsPage?.limit == 5)
    #expect(params.initialTurnsPage?.sortDirection == .asc)
    #expect(params.initialTurnsPage?.itemsView == .summary)
    let history = params.history.map { text($0) }
    #expect(history == #"[{"type":"message","role":"user","content":[],"x":1.0}]"#)

    let overrides = params.overrides
    #expect(overrides.model == "m" && overrides.modelProvider == "p" && overrides.cwd == "/w")
    #expect(overrides.serviceTier == .value("flex") && overrides.permissions == "x")
    #expect(overrides.runtimeWorkspaceRoots == ["/a"] && overrides.sandbox == .workspaceWrite)
    #expect(overrides.approvalPolicy == .onRequest)
    #expect(overrides.approvalsReviewer == .guardianSubagent)
    #expect(overrides.personality == Personality.none)
    #expect(overrides.config?["a.b"].map(text) == "[1]")
    #expect(overrides.config?["c"]?.isNull == true)
    #expect(overrides.baseInstructions == "b" && overrides.developerInstructions == "d")
    #expect(try text(decoded(ThreadResumeParams.self, text(params))) == text(params))
  }

  @Test func `null is not given, but for the service tier`() throws {
    let names = [
      "history", "path", "initialTurnsPage", "approvalPolicy", "approvalsReviewer", "config", "cwd",
      "baseInstructions", "developerInstructions", "model", "modelProvider", "permissions",
      "personality", "runtimeWorkspaceRoots", "sandbox", "serviceTier",
    ]
    let nulls = names.map { "\"\($0)\":null" }.joined(separator: ",")
    var expected = ThreadResumeParams()
    expected.threadID = "t"
    #expect(try decoded(ThreadResumeParams.self, #"{"threadId":"t","other":5}"#) == expected)
    expected.overrides.serviceTier = .null
    #expect(try decoded(ThreadResumeParams.self, "{\"threadId\":\"t\",\(nulls)}") == expected)
  }

  /// Of each member the error for a value of another type (PROTOCOL.md 3).
  static let wrongTypes: [(member: String, value: String, found: String, wanted: String)] = [
    ("threadId", "null", "null", "a string"), ("threadId", "true", "boolean `true`", "a string"),
    ("threadId", "-7", "integer `-7`", "a string"),
    ("threadId", "1.5", "floating point `1.5`", "a string"),
    ("model", "[]", "sequence", "a string"), ("modelProvider", "{}", "map", "a string"),
    ("cwd", "false", "boolean `false`", "a string"), ("permissions", "{}", "map", "a string"),
    ("baseInstructions", "5", "integer `5`", "a string"),
    ("developerInstructions", "[]", "sequence", "a string"),
    ("serviceTier", "5", "integer `5`", "a string"), ("path", "5", "integer `5`", "path string"),
    ("excludeTurns", "null", "null", "a boolean"),
    ("excludeTurns", #""a\"b\\c\né""#, #"string "a\"b\\c\né""#, "a boolean"),
    ("history", #""x""#, #"string "x""#, "a sequence"), ("history", "{}", "map", "a sequence"),
    ("history", "[null]", "null", "internally tagged enum ResponseItem"),
    ("history", #"["x"]"#, #"string "x""#, "internally tagged enum ResponseItem"),
    ("runtimeWorkspaceRoots", #""x""#, #"string "x""#, "a sequence"),
    ("runtimeWorkspaceRoots", "[1]", "integer `1`", "a string"),
    ("config", #""x""#, #"string "x""#, "a map"), ("config", "[]", "sequence", "a map"),
    ("sandbox", "5", "integer `5`", "string or map"),
    ("approvalPolicy", "5", "integer `5`", "string or map"),
    ("approvalPolicy", "[]", "sequence", "string or map"),
    ("approvalPolicy", #"{"granular":5}"#, "integer `5`", "struct variant"),
    ("approvalPolicy", #""granular""#, "unit variant", "struct variant"),
    ("approvalPolicy", #"{"never":5}"#, "integer `5`", "unit"),
    ("sandbox", #"{"read-only":[]}"#, "sequence", "unit"),
    ("initialTurnsPage", "5", "integer `5`", "struct ThreadResumeInitialTurnsPageParams"),
    ("initialTurnsPage", #"{"limit":1.5}"#, "floating point `1.5`", "u32"),
    ("initialTurnsPage", #"{"limit":"x"}"#, #"string "x""#, "u32"),
    ("initialTurnsPage", #"{"sortDirection":[]}"#, "sequence", "string or map"),
  ]

  @Test(arguments: wrongTypes)
  func `a wrong type is told with what was found and wanted`(
    _ member: String, _ value: String, _ found: String, _ wanted: String
  ) {
    #expect(throws: JSONError("invalid type: \(found), expected \(wanted)")) {
      try decoded(ThreadResumeParams.self, #"{"threadId":"t","\#(member)":\#(value)}"#)
    }
  }

  static let refused: [(String, String)] = [
    (#"{"path":"/x"}"#, "missing field `threadId`"),
    (#""x""#, #"invalid type: string "x", expected struct ThreadResumeParams"#),
    (#"{"history":5,"threadId":6}"#, "invalid type: integer `6`, expected a string"),
    (
      #"{"threadId":"t","sandbox":"x"}"#,
      "unknown variant `x`, expected one of `read-only`, `workspace-write`, `danger-full-access`"
    ),
    (
      #"{"threadId":"t","personality":"x"}"#,
      "unknown variant `x`, expected one of `none`, `friendly`, `pragmatic`"
    ),
    (
      #"{"threadId":"t","approvalsReviewer":"x"}"#,
      "unknown variant `x`, expected one of `user`, `auto_review`, `guardian_subagent`"
    ),
    (
      #"{"threadId":"t","approvalPolicy":"x"}"#,
      "unknown variant `x`, expected one of `untrusted`, `on-failure`, `on-request`, "
        + "`granular`, `never`"
    ),
    (
      #"{"threadId":"t","approvalPolicy":{"x":{}}}"#,
      "unknown variant `x`, expected one of `untrusted`, `on-failure`, `on-request`, "
        + "`granular`, `never`"
    ),
    (
      #"{"threadId":"t","sandbox":{"x":null}}"#,
      "unknown variant `x`, expected one of `read-only`, `workspace-write`, `danger-full-access`"
    ),
    (
      #"{"threadId":"t","sandbox":{}}"#,
      "invalid value: map, expected map with a single key"
    ),
    (
      #"{"threadId":"t","approvalPolicy":{"never":null,"untrusted":null}}"#,
      "invalid value: map, expected map with a single key"
    ),
    (
      #"{"threadId":"t","initialTurnsPage":{"sortDirection":"x"}}"#,
      "unknown variant `x`, expected `asc` or `desc`"
    ),
    (
      #"{"threadId":"t","initialTurnsPage":{"itemsView":"x"}}"#,
      "unknown variant `x`, expected one of `notLoaded`, `summary`, `full`"
    ),
    (
      #"{"threadId":"t","initialTurnsPage":{"limit":-1}}"#,
      "invalid value: integer `-1`, expected u32"
    ),
  ]

  @Test(arguments: refused)
  func `what is missing, unknown or out of range is named`(_ json: String, _ message: String) {
    #expect(throws: JSONError(message)) { try decoded(ThreadResumeParams.self, json) }
  }

  @Test func `granular approval needs three answers`() throws {
    let granular = #"{"sandbox_approval":true,"rules":false,"mcp_elicitations":true}"#
    #expect(
      try text(decoded(AskForApproval.self, "{\"granular\":\(granular)}"))
        == #"{"granular":{"sandbox_approval":true,"rules":false,"skill_approval":false,"#
        + #""request_permissions":false,"mcp_elicitations":true}}"#)
    for name in ["sandbox_approval", "rules", "mcp_elicitations"] {
      let without = granular.replacing("\"\(name)\"", with: "\"x\"")
      #expect(throws: JSONError("missing field `\(name)`")) {
        try decoded(AskForApproval.self, "{\"granular\":\(without)}")
      }
    }
  }

  @Test(arguments: [
    ("untrusted", "untrusted"), ("on-request", "on-request"), ("never", "never"),
    ("on-failure", "on-request"),
  ])
  func `a policy goes out by the name it came in by, or by the nearest that clients know`(
    _ name: String, _ sent: String
  ) throws {
    #expect(try text(decoded(AskForApproval.self, "\"\(name)\"")) == "\"\(sent)\"")
    #expect(try text(decoded(AskForApproval.self, "{\"\(name)\":null}")) == "\"\(sent)\"")
  }
}
