import JSON
import Protocol
import Testing

@Suite struct ThreadTests {
  private static let members = [
    #"{"id":"t","sessionId":"s","forkedFromId":null,"parentThreadId":null,"preview":"p","#,
    #""ephemeral":false,"historyMode":"paginated","modelProvider":"m","model":null,"#,
    #""reasoningEffort":"high","createdAt":1,"updatedAt":2,"recencyAt":2,"#,
    #""status":{"type":"idle"},"path":"/r.jsonl","cwd":"/w","cliVersion":"","originator":null,"#,
    #""source":{"custom":"x"},"threadSource":null,"agentNickname":null,"agentRole":null,"#,
    #""gitInfo":{"sha":"1","branch":null,"originUrl":null},"name":"n","section":null,"#,
    #""sectionEnteredAt":null,"projectId":null,"extra":null,"daybreakEnabled":null,"#,
    #""canAcceptDirectInput":true,"environments":[{"environmentId":"local","cwd":"/w","#,
    #""runtimeWorkspaceRoots":["/w"]}],"turns":["#,
  ]

  private static let turn = [
    #"{"id":"u","items":[{"type":"plan","id":"i","text":"x"}],"itemsView":"full","#,
    #""status":"failed","error":{"message":"m","codexErrorInfo":"other","#,
    #""additionalDetails":null,"misalignment":null},"startedAt":1,"completedAt":2,"#,
    #""durationMs":1000,"rootTurnId":null}"#,
  ].joined()

  private static let json = members.joined() + turn + "]}"

  @Test func `a thread goes out as it is declared`() throws {
    #expect(try text(decoded(Thread.self, Self.json)) == Self.json)
  }

  @Test func `a thread is written around turns, and they around items, that are not built`() throws
  {
    let whole = try decoded(Thread.self, Self.json)
    let items = try #require(whole.turns.first?.items)
    var bare = whole
    bare.turns = []
    var out = JSONWriter()
    bare.write(to: &out) { out in
      out.byte(UInt8(ascii: "["))
      for index in 0..<2 {
        if index > 0 { out.byte(UInt8(ascii: ",")) }
        var turn = whole.turns[0]
        turn.items = []
        turn.write(to: &out) { out in
          items.write(to: &out)
          return nil
        }
      }
      out.byte(UInt8(ascii: "]"))
    }
    var expected = whole
    expected.turns += whole.turns
    #expect(String(decoding: out.bytes, as: UTF8.self) == text(expected))
  }

  @Test(arguments: [
    (#""error":null"#, #""error":{"message":"m","codexErrorInfo":null,"additionalDetails":null,"#),
    (
      #""error":{"message":"own","codexErrorInfo":null}"#,
      #""error":{"message":"own","codexErrorInfo":null,"additionalDetails":"m","#
    ),
  ])
  func `a turn tells behind its items that some are missing`(
    _ error: String, _ expected: String
  ) throws {
    let turn = try decoded(Turn.self, #"{"id":"t","items":[],"status":"failed",\#(error)}"#)
    var out = JSONWriter()
    turn.write(to: &out) { out in
      out.literal("[]")
      return "m"
    }
    #expect(String(decoding: out.bytes, as: UTF8.self).contains(expected))
  }

  @Test func `a new turn says that nothing is known`() {
    #expect(
      text(Turn())
        == #"{"id":"","items":[],"itemsView":"full","status":"inProgress","error":null,"#
        + #""startedAt":null,"completedAt":null,"durationMs":null,"rootTurnId":null}"#)
  }

  static let sources: [(String, SessionSource)] = [
    (#""cli""#, .cli), (#""vscode""#, .vscode), (#""exec""#, .exec), (#""appServer""#, .appServer),
    (#""unknown""#, .unknown), (#"{"custom":"x\"y"}"#, .custom("x\"y")),
    (#"{"subAgent":"review"}"#, .subAgent(.review)),
    (#"{"subAgent":"compact"}"#, .subAgent(.compact)),
    (#"{"subAgent":"memory_consolidation"}"#, .subAgent(.memoryConsolidation)),
    (#"{"subAgent":{"other":"x"}}"#, .subAgent(.other("x"))),
    (
      #"{"subAgent":{"thread_spawn":{"parent_thread_id":"p","depth":1,"agent_path":null,"#
        + #""agent_nickname":"N","agent_role":null}}}"#, spawned
    ),
  ]

  private static var spawned: SessionSource {
    var spawn = ThreadSpawnSource()
    spawn.parentThreadID = "p"
    spawn.depth = 1
    spawn.agentNickname = "N"
    return .subAgent(.threadSpawn(spawn))
  }

  @Test(arguments: sources)
  func `a source is a name or an object`(_ json: String, _ source: SessionSource) throws {
    #expect(text(source) == json)
    #expect(try decoded(SessionSource.self, json) == source)
  }

  @Test(arguments: [
    #""mcp""#, "5", "null", "{}", "[]", #"{"custom":5}"#, #"{"subAgent":"x"}"#, #"{"subAgent":{}}"#,
    #"{"subAgent":{"thread_spawn":{"depth":1}}}"#,
  ])
  func `anything else is no source`(_ json: String) {
    #expect(throws: JSONError.self) { try decoded(SessionSource.self, json) }
  }

  static let settings: [String] = [
    #"{"type":"dangerFullAccess"}"#, #"{"type":"readOnly","networkAccess":false}"#,
    #"{"type":"externalSandbox","networkAccess":"restricted"}"#,
    #"{"type":"workspaceWrite","writableRoots":["/d"],"networkAccess":true,"#
      + #""excludeTmpdirEnvVar":false,"excludeSlashTmp":true}"#,
  ]

  @Test(arguments: settings)
  func `a sandbox goes out in full`(_ json: String) throws {
    #expect(try text(decoded(SandboxPolicy.self, json)) == json)
  }

  @Test func `the nouns of settings and usage are named as the schema names them`() {
    #expect(
      text(CollaborationMode())
        == #"{"mode":"default","settings":{"model":"","reasoning_effort":null,"#
        + #""developer_instructions":null}}"#)
    #expect(text(ActivePermissionProfile()) == #"{"id":"","extends":null}"#)
    let counts =
      #"{"totalTokens":0,"inputTokens":0,"cachedInputTokens":0,"cacheWriteInputTokens":0,"#
      + #""outputTokens":0,"reasoningOutputTokens":0}"#
    #expect(
      text(ThreadTokenUsageUpdated())
        == #"{"threadId":"","turnId":"","tokenUsage":{"total":\#(counts),"last":\#(counts),"#
        + #""modelContextWindow":null}}"#)
  }
}
