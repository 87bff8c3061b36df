import JSON
import Protocol
import Testing

@Suite struct ThreadItemTests {
  /// An item of each kind with everything in it, members in the order that we write.
  static let full: [[String]] = [
    [
      #"{"type":"userMessage","id":"i","clientId":"c","content":["#,
      #"{"type":"text","text":"a\nb","text_elements":[{"byteRange":{"start":0,"end":1},"#,
      #""placeholder":"p"}]},{"type":"image","url":"u","detail":"low"},"#,
      #"{"type":"image","fileId":"f","detail":null},"#,
      #"{"type":"localImage","path":"/p","detail":null},"#,
      #"{"type":"audio","url":"v"},{"type":"localAudio","path":"/q"},"#,
      #"{"type":"skill","name":"s","path":"/s"},{"type":"mention","name":"m","path":"app://m"}]}"#,
    ],
    [#"{"type":"hookPrompt","id":"i","fragments":[{"text":"t","hookRunId":"h"}]}"#],
    [
      #"{"type":"agentMessage","id":"i","text":"t","phase":"commentary","memoryCitation":"#,
      #"{"entries":[{"path":"/m","lineStart":1,"lineEnd":2,"note":"n"}],"threadIds":["x"]},"#,
      #""delivery":"async","questions":[{"title":"q","options":["a"]}]}"#,
    ],
    [#"{"type":"functionCallOutput","id":"i","name":"f","namespace":null,"output":["x"]}"#],
    [#"{"type":"plan","id":"i","text":"- [ ] \u00e9"}"#],
    [#"{"type":"reasoning","id":"i","summary":["s"],"content":["c","d"]}"#],
    [
      #"{"type":"commandExecution","id":"i","pluginId":null,"scriptPath":null,"command":"ls","#,
      #""cwd":"/w","processId":"7","source":"unifiedExecStartup","status":"declined","#,
      #""commandActions":[{"type":"read","command":"cat a","name":"a","path":"/w/a"},"#,
      #"{"type":"listFiles","command":"ls","path":null},"#,
      #"{"type":"search","command":"rg x","query":"x","path":"."},"#,
      #"{"type":"unknown","command":"make"}],"aggregatedOutput":"o\n","exitCode":-1,"#,
      #""durationMs":12}"#,
    ],
    [
      #"{"type":"fileChange","id":"i","changes":["#,
      #"{"path":"/a","kind":{"type":"add"},"diff":"x\n"},"#,
      #"{"path":"/b","kind":{"type":"delete"},"diff":""},"#,
      #"{"path":"/c","kind":{"type":"update","move_path":"/d"},"diff":"@@"},"#,
      #"{"path":"/e","kind":{"type":"update","move_path":null},"diff":"@@"}],"status":"failed"}"#,
    ],
    [
      #"{"type":"mcpToolCall","id":"i","server":"s","tool":"t","status":"completed","#,
      #""arguments":{"n":1.0},"appContext":null,"mcpAppUi":null,"pluginId":null,"#,
      #""readOnlyHint":null,"result":{"content":[{"type":"text","text":"x"}],"#,
      #""structuredContent":{"a":[]},"_meta":null},"error":null,"durationMs":0}"#,
    ],
    [
      #"{"type":"mcpToolCall","id":"i","server":"s","tool":"t","status":"failed","#,
      #""arguments":"x","appContext":{"connectorId":"c","linkId":null,"resourceUri":"ui://x","#,
      #""appName":"n","actionName":null},"mcpAppResourceUri":"ui://x","#,
      #""mcpAppUi":{"resourceUri":"ui://x","preferredModelDisplayMode":"inline"},"pluginId":"p","readOnlyHint":true,"result":null,"#,
      #""error":{"message":"m"},"durationMs":null}"#,
    ],
    [
      #"{"type":"dynamicToolCall","id":"i","namespace":null,"tool":"t","arguments":null,"#,
      #""status":"completed","contentItems":[{"type":"inputText","text":"x"},"#,
      #"{"type":"inputImage","imageUrl":"u"},{"type":"inputAudio","audioUrl":"v"}],"#,
      #""success":true,"durationMs":1}"#,
    ],
    [
      #"{"type":"collabAgentToolCall","id":"i","tool":"spawnAgent","status":"interrupted","#,
      #""senderThreadId":"a","receiverThreadIds":["b"],"prompt":"p","model":"m","#,
      #""reasoningEffort":"max","agentsStates":{"b":{"status":"notFound","message":null}}}"#,
    ],
    [
      #"{"type":"subAgentActivity","id":"i","kind":"interacted","agentThreadId":"a","#,
      #""agentPath":"/root/a","model":null,"reasoningEffort":null}"#,
    ],
    [
      #"{"type":"webSearch","id":"i","query":"q","action":{"type":"search","query":"q","#,
      #""queries":["q"]},"results":[{}]}"#,
    ],
    [
      #"{"type":"webSearch","id":"i","query":"q","action":{"type":"findInPage","url":"u","#,
      #""pattern":"p"},"results":null}"#,
    ],
    [
      #"{"type":"webSearch","id":"i","query":"","action":{"type":"openPage","url":null},"#,
      #""results":null}"#,
    ],
    [#"{"type":"webSearch","id":"i","query":"","action":{"type":"other"},"results":null}"#],
    [#"{"type":"imageView","id":"i","path":"/p.png"}"#],
    [#"{"type":"sleep","id":"i","durationMs":18446744073709551615}"#],
    [
      #"{"type":"imageGeneration","id":"i","status":"completed","revisedPrompt":null,"#,
      #""result":"aGk=","transparentBackground":null,"savedPath":"/p.png","failure":null}"#,
    ],
    [#"{"type":"enteredReviewMode","id":"i","review":"current changes"}"#],
    [#"{"type":"exitedReviewMode","id":"i","review":"fine"}"#],
    [#"{"type":"contextCompaction","id":"i"}"#],
  ]

  @Test(arguments: full)
  func `an item goes out as it is declared`(_ lines: [String]) throws {
    let json = lines.joined()
    let item = try decoded(ThreadItem.self, json)
    #expect(text(item) == json)
    #expect(item.id == "i")
  }

  /// With the least that an item may have: what else goes out, mostly as null.
  static let smallest: [(json: String, more: String)] = [
    (#"{"type":"userMessage","id":"i""#, #""clientId":null,"content":[]"#),
    (
      #"{"type":"agentMessage","id":"i""#,
      #""text":"","phase":null,"memoryCitation":null,"delivery":null,"questions":null"#
    ),
    (#"{"type":"reasoning","id":"i""#, #""summary":[],"content":[]"#),
    (
      #"{"type":"commandExecution","id":"i""#,
      #""pluginId":null,"scriptPath":null,"command":"","cwd":"","processId":null,"source":"agent","#
        + #""status":"inProgress","commandActions":[],"aggregatedOutput":null,"exitCode":null,"#
        + #""durationMs":null"#
    ),
    (
      #"{"type":"mcpToolCall","id":"i""#,
      #""server":"","tool":"","status":"inProgress","arguments":null,"appContext":null,"#
        + #""mcpAppUi":null,"pluginId":null,"readOnlyHint":null,"result":null,"error":null,"#
        + #""durationMs":null"#
    ),
    (
      #"{"type":"dynamicToolCall","id":"i""#,
      #""namespace":null,"tool":"","arguments":null,"status":"inProgress","contentItems":null,"#
        + #""success":null,"durationMs":null"#
    ),
    (#"{"type":"webSearch","id":"i""#, #""query":"","action":null,"results":null"#),
    (
      #"{"type":"imageGeneration","id":"i""#,
      #""status":"","revisedPrompt":null,"result":"","transparentBackground":null,"failure":null"#
    ),
  ]

  @Test func `a new item has null where the original sends null`() {
    let blank: [ThreadItem] = [
      .userMessage(.init()), .agentMessage(.init()), .reasoning(.init()),
      .commandExecution(.init()),
      .mcpToolCall(.init()), .dynamicToolCall(.init()), .webSearch(.init()),
      .imageGeneration(.init()),
    ]
    #expect(blank.count == Self.smallest.count)
    for (item, (json, more)) in zip(blank, Self.smallest) {
      #expect(text(item) == (json + "," + more + "}").replacing(#""id":"i""#, with: #""id":"""#))
    }
  }

  @Test func `a kind that nobody knows is refused`() {
    #expect(throws: JSONError.self) { try decoded(ThreadItem.self, #"{"type":"x","id":"i"}"#) }
  }
}
