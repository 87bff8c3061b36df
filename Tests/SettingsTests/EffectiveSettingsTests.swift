import JSON
import Protocol
import Testing

@testable import Settings

/// Model, provider and effort of an answer.
struct ModelChoice: Equatable {
  let model: String
  let provider: String
  let effort: String?

  init(_ model: String, _ provider: String, _ effort: String?) {
    (self.model, self.provider, self.effort) = (model, provider, effort)
  }

  init(_ settings: EffectiveSettings) {
    self.init(settings.model, settings.modelProvider, settings.reasoningEffort)
  }
}

extension RecordedSettings {
  /// A thread that began with the provider openai and ran with other settings than the configured.
  static var recorded: RecordedSettings {
    var settings = RecordedSettings()
    settings.model = "recorded"
    settings.reasoningEffort = "high"
    settings.approvalPolicy = RawJSON("never")
    settings.metaModelProvider = "openai"
    settings.metaCwd = "/work/app"
    return settings
  }

  func with(_ change: (inout RecordedSettings) -> Void) -> RecordedSettings {
    var copy = self
    change(&copy)
    return copy
  }
}

@Suite struct ModelTests {
  static let config = """
    model = "configured"
    model_provider = "mock"
    model_reasoning_effort = "minimal"
    [model_providers.mock]
    """

  @Test(arguments: [
    (#"{"model": "mine"}"#, ModelChoice("mine", "mock", "minimal")),
    (#"{"model": "recorded"}"#, ModelChoice("recorded", "mock", "minimal")),
    (#"{"modelProvider": "ollama"}"#, ModelChoice("configured", "ollama", "minimal")),
    (#"{"config": {"model": "mine"}}"#, ModelChoice("mine", "mock", "minimal")),
    (
      #"{"config": {"model_reasoning_effort": "low"}}"#, ModelChoice("configured", "mock", "low")
    ),
    (
      #"{"model": "mine", "config": {"model": "other", "model_provider": "ollama"}}"#,
      ModelChoice("mine", "ollama", "minimal")
    ),
  ])
  func `naming model, provider or effort drops all that was recorded of them`(
    _ request: String, _ wanted: ModelChoice
  ) throws {
    let settings = try TemporaryHome(config: Self.config).settings()
    let effective = try settings.effective(request, thread: .stored(.recorded))
    #expect(ModelChoice(effective) == wanted)
    #expect(effective.threadModelProvider == "openai")
    #expect(effective.collaborationMode.settings.model == wanted.model)
    #expect(effective.collaborationMode.settings.reasoningEffort == wanted.effort)
  }

  @Test(arguments: [
    "{}", #"{"approvalPolicy": "on-request"}"#, #"{"cwd": "/tmp"}"#,
    #"{"sandbox": "workspace-write"}"#, #"{"config": {}}"#, #"{"baseInstructions": "x"}"#,
    #"{"model": null, "modelProvider": null, "config": null}"#, #"{"config": {"model": null}}"#,
    #"{"config": {"model_provider": "mock"}}"#,
    #"{"config": {"sandbox_mode": "read-only", "unknown_key": {"a": [1, null]}}}"#,
  ])
  func `naming anything else drops nothing`(_ request: String) throws {
    let settings = try TemporaryHome(config: Self.config).settings(["model=by-option"])
    let effective = try settings.effective(request, thread: .stored(.recorded))
    #expect(ModelChoice(effective) == ModelChoice("recorded", "openai", "high"))
  }

  @Test func `the provider of applied settings goes before the first one`() throws {
    let settings = try TemporaryHome(config: Self.config).settings()
    let recorded = RecordedSettings.recorded.with { $0.modelProvider = "mock" }
    let effective = try settings.effective(thread: .stored(recorded))
    #expect(effective.modelProvider == "mock")
    #expect(effective.threadModelProvider == "openai")
  }

  @Test(arguments: [
    (nil, nil, "mock", "mock"), (nil, "", "mock", "mock"), ("openai", "", "mock", "openai"),
    (nil, "ollama", "ollama", "ollama"),
  ])
  func `a provider without a name is none`(
    _ first: String?, _ applied: String?, _ provider: String, _ ofThread: String
  ) throws {
    let settings = try TemporaryHome(config: Self.config).settings()
    let recorded = RecordedSettings.recorded.with {
      $0.metaModelProvider = first
      $0.modelProvider = applied
    }
    let effective = try settings.effective(thread: .stored(recorded))
    #expect(effective.modelProvider == provider)
    #expect(effective.threadModelProvider == ofThread)
  }

  @Test func `a recorded model or effort without a name is none`() throws {
    let settings = try TemporaryHome(config: Self.config).settings()
    let recorded = RecordedSettings.recorded.with {
      $0.model = ""
      $0.reasoningEffort = ""
    }
    let effective = try settings.effective(thread: .stored(recorded))
    #expect(ModelChoice(effective) == ModelChoice("configured", "openai", nil))
  }

  @Test(arguments: [
    (nil, nil, ModeKind.default, nil), ("plan", nil, .plan, "applied"),
    ("plan", "default", .plan, "applied"), (nil, "plan", .plan, "context"),
    ("pair_programming", nil, .default, "applied"),
  ])
  func `model and user work together as they did`(
    _ applied: String?, _ context: String?, _ mode: ModeKind, _ instructions: String?
  ) throws {
    func recorded(_ mode: String?, _ instructions: String) -> RawJSON? {
      let settings = #"{"model":"old","developer_instructions":"\#(instructions)"}"#
      return mode.map {
        RawJSON(validBytes: Array(#"{"mode":"\#($0)","settings":\#(settings)}"#.utf8))
      }
    }
    let thread = RecordedSettings.recorded.with {
      $0.collaborationMode = recorded(applied, "applied")
      $0.contextCollaborationMode = recorded(context, "context")
    }
    let settings = try TemporaryHome(config: Self.config).settings()
    var wanted = CollaborationMode()
    wanted.mode = mode
    wanted.settings.model = "recorded"
    wanted.settings.reasoningEffort = "high"
    wanted.settings.developerInstructions = instructions
    #expect(try settings.effective(thread: .stored(thread)).collaborationMode == wanted)
    let mine = try settings.effective(#"{"model": "mine"}"#, thread: .stored(thread))
    #expect(mine.collaborationMode.mode == mode && mine.collaborationMode.settings.model == "mine")
    #expect(try settings.effective(thread: .fork(of: thread)).collaborationMode.mode == .default)
  }

  @Test func `a stored thread without a record has the configured model but no effort`() throws {
    let settings = try TemporaryHome(config: Self.config).settings()
    let blank = try settings.effective(thread: .stored(RecordedSettings()))
    #expect(ModelChoice(blank) == ModelChoice("configured", "mock", nil))
    #expect(blank.threadModelProvider == "mock")
    let builtIn = try TemporaryHome().settings().effective(thread: .stored(RecordedSettings()))
    #expect(ModelChoice(builtIn) == ModelChoice("gpt-6.1-sol", "openai", nil))
  }

  @Test func `a fork has the configured model`() throws {
    let settings = try TemporaryHome(config: Self.config).settings()
    let effective = try settings.effective(thread: .fork(of: .recorded))
    #expect(ModelChoice(effective) == ModelChoice("configured", "mock", "minimal"))
    #expect(effective.threadModelProvider == "mock")
    #expect(effective.approvalPolicy == .never)
    #expect(effective.cwd == "/work/app")
  }

  @Test(arguments: ["openai", "ollama", "lmstudio", "amazon-bedrock", "mock"])
  func `a known provider is taken`(_ name: String) throws {
    let settings = try TemporaryHome(config: Self.config).settings()
    let effective = try settings.effective(#"{"modelProvider": "\#(name)"}"#)
    #expect(effective.modelProvider == name)
    #expect(effective.threadModelProvider == name)
  }

  @Test func `an unknown provider is an error, unless the request defines it`() throws {
    let settings = try TemporaryHome(config: Self.config).settings()
    let gone = ThreadOrigin.stored(.recorded.with { $0.metaModelProvider = "gone" })
    let error = "failed to load configuration: Model provider `gone` not found"
    #expect(message { _ = try settings.effective(thread: gone) } == error)
    #expect(message { _ = try settings.effective(#"{"modelProvider": "gone"}"#) } == error)
    #expect(message { _ = try settings.effective(#"{"model": "m"}"#, thread: gone) } == nil)
    let defined = #"{"modelProvider": "gone", "config": {"model_providers": {"gone": {}}}}"#
    #expect(try settings.effective(defined, thread: gone).modelProvider == "gone")
  }

  @Test(arguments: [#"{"model": ""}"#, #"{"model": " "}"#, #"{"config": {"model": ""}}"#])
  func `a model needs a name`(_ request: String) throws {
    let settings = try TemporaryHome(config: Self.config).settings()
    #expect(
      message { _ = try settings.effective(request) }
        == "No models are available. Set `model` explicitly or check your model catalog "
        + "configuration.")
  }

  @Test(arguments: [
    ("{}", "flex"), (#"{"serviceTier": "flex"}"#, "flex"), (#"{"serviceTier": null}"#, "default"),
    (#"{"serviceTier": "default"}"#, "default"), (#"{"serviceTier": "fast"}"#, nil),
    (#"{"config": {"service_tier": "fast"}}"#, nil),
    (#"{"config": {"service_tier": null}}"#, "flex"),
  ])
  func `a null service tier is the default one`(_ request: String, _ tier: String?) throws {
    let settings = try TemporaryHome(config: "service_tier = \"flex\"").settings()
    #expect(try settings.effective(request).serviceTier == tier)
  }

  @Test func `the personality is the request's or the configured one`() throws {
    let settings = try TemporaryHome(config: "personality = \"friendly\"").settings()
    #expect(try settings.effective().personality == .friendly)
    #expect(try settings.effective(#"{"personality": "pragmatic"}"#).personality == .pragmatic)
  }
}

@Suite struct RequestConfigTests {
  @Test(arguments: [
    (#"{"model": 5}"#, "invalid type: integer `5`, expected a string\nin `model`\n"),
    (#"{"model": 1.5}"#, "invalid type: floating point `1.5`, expected a string\nin `model`\n"),
    (#"{"model": [null]}"#, "invalid type: sequence, expected a string\nin `model`\n"),
    (
      #"{"sandbox_mode": "sandcastle"}"#,
      "unknown variant `sandcastle`, expected one of `read-only`, `workspace-write`, "
        + "`danger-full-access`\nin `sandbox_mode`\n"
    ),
    (
      #"{"sandbox_workspace_write": "x"}"#,
      "invalid type: string \"x\", expected struct SandboxWorkspaceWrite\n"
        + "in `sandbox_workspace_write`\n"
    ),
    (
      #"{"sandbox_workspace_write.network_access": "x"}"#,
      "invalid type: string \"x\", expected a boolean\nin `sandbox_workspace_write.network_access`\n"
    ),
    (
      #"{"projects": {"/srv": {"trust_level": "x"}}}"#,
      "unknown variant `x`, expected `trusted` or `untrusted`\nin `projects./srv.trust_level`\n"
    ),
    (
      "{\"a\(String(repeating: ".a", count: 100_000))\": 1}",
      "a key is nested deeper than 256 levels"
    ),
  ])
  func `a value that cannot be is an error`(_ config: String, _ why: String) throws {
    let settings = try TemporaryHome().settings()
    #expect(
      message { _ = try settings.effective(#"{"config": \#(config)}"#) }
        == "failed to load configuration: \(why)")
  }

  @Test(arguments: [
    #"{"sandbox_workspace_write.network_access": true, "sandbox_workspace_write": {"writable_roots": ["/d"]}}"#,
    #"{"sandbox_workspace_write": {"writable_roots": ["/d"]}, "sandbox_workspace_write.network_access": true}"#,
    #"{"sandbox_workspace_write": {"writable_roots": ["/d"], "network_access": true, "x": null}}"#,
  ])
  func `nested and dotted names add to each other`(_ config: String) throws {
    let settings = try TemporaryHome(
      config: "sandbox_mode = \"workspace-write\"\nsandbox_workspace_write.exclude_slash_tmp = true"
    ).settings()
    #expect(
      try settings.effective(#"{"config": \#(config)}"#).sandbox
        == .workspaceWrite(["/d"], networkAccess: true, excludeSlashTmp: true))
  }

  @Test(arguments: [#"{"": 1}"#, #"{"a..b": 1}"#, #"{"model": "a", "model": "mock"}"#])
  func `odd names do no harm`(_ config: String) throws {
    let settings = try TemporaryHome(config: "model = \"mock\"").settings()
    #expect(try settings.effective(#"{"config": \#(config)}"#).model == "mock")
  }
}
