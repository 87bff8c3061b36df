internal import JSON
package import Protocol
internal import TOML

/// The thread that settings are asked for.
package enum ThreadOrigin: Sendable {
  /// It is new, or made of a history that the request brings.
  case new
  /// It is stored, and opened again.
  case stored(RecordedSettings)
  /// It is a copy of a stored one.
  case fork(of: RecordedSettings)

  fileprivate var recorded: RecordedSettings {
    switch self {
    case .new: RecordedSettings()
    case .stored(let settings), .fork(of: let settings): settings
    }
  }

  fileprivate var isStored: Bool { if case .stored = self { true } else { false } }
}

extension Settings {
  /// The settings of a thread: what the config says, then what is recorded, then the request
  /// (PROTOCOL.md 6). Changes nothing, and asks the disk at most whether a project is trusted.
  ///
  /// - Parameters:
  ///   - request: What the request sets.
  ///   - thread: Where the thread comes from.
  ///   - serverDirectory: What relative directories are below, absolute.
  /// - Throws: A value of the request's config that cannot be, a provider that does not exist, or
  ///   a model without a name.
  package func effective(
    for request: ThreadOverrides, thread: ThreadOrigin, serverDirectory: String
  ) throws(SettingsError) -> EffectiveSettings {
    let (requested, problems) = ConfigChecker.check(
      try TOMLTable(request.config ?? WireMap()))
    if let problem = problems.first { throw problem.error }
    var config = table
    if let profile = requested.string("profile") {
      config = try layers.merged(profile: profile).table
    }
    config.merge(requested)
    var resolver = SettingsResolver(
      request: request, requested: requested, config: config, thread: thread,
      serverDirectory: serverDirectory)
    return try resolver.effective(thread: thread)
  }
}

/// Finds each setting of one thread in the highest layer that says something about it.
private struct SettingsResolver {
  /// The request's own members.
  private let request: ThreadOverrides
  /// The request's `config`.
  private let requested: TOMLTable
  /// All of the config, the request's on top.
  private let config: TOMLTable
  private let recorded: RecordedSettings
  /// Whether model, effort and provider are the recorded ones: all three, or none.
  private let keepsModel: Bool
  private let cwd: String

  private lazy var trust = ProjectTrust.level(of: cwd, in: config)

  init(
    request: ThreadOverrides, requested: TOMLTable, config: TOMLTable, thread: ThreadOrigin,
    serverDirectory: String
  ) {
    self.request = request
    self.requested = requested
    self.config = config
    recorded = thread.recorded
    keepsModel =
      thread.isStored && request.model == nil && request.modelProvider == nil
      && requested["model"] == nil && requested["model_reasoning_effort"] == nil
    cwd =
      request.cwd.map { absolute($0, from: serverDirectory) }
      ?? recorded.directory(serverDirectory: serverDirectory)
  }

  mutating func effective(thread: ThreadOrigin) throws(SettingsError) -> EffectiveSettings {
    let provider = try modelProvider()
    let sandbox = sandbox()
    return EffectiveSettings(
      model: try model(), modelProvider: provider,
      threadModelProvider: thread.isStored ? recorded.metaModelProvider ?? provider : provider,
      reasoningEffort: reasoningEffort(), serviceTier: serviceTier(),
      personality: request.personality ?? config.name("personality"),
      cwd: cwd, runtimeWorkspaceRoots: runtimeWorkspaceRoots(),
      approvalPolicy: approvalPolicy(), approvalsReviewer: approvalsReviewer(),
      sandbox: sandbox, activePermissionProfile: activePermissionProfile(of: sandbox))
  }
}

// MARK: - The model

extension SettingsResolver {
  private func model() throws(SettingsError) -> String {
    let recorded = keepsModel ? recorded.model : nil
    let model =
      recorded ?? request.model ?? config.string("model") ?? Settings.builtInModel
    guard !model.allSatisfy(\.isWhitespace) else { throw .noModel }
    return model
  }

  private func modelProvider() throws(SettingsError) -> String {
    let recorded = keepsModel ? recorded.modelProvider ?? recorded.metaModelProvider : nil
    let provider =
      recorded ?? request.modelProvider ?? config.string("model_provider") ?? ModelProvider.builtIn
    guard ModelProvider.exists(provider, in: config) else { throw .unknownProvider(provider) }
    return provider
  }

  /// A stored thread that records no effort has none, whatever is configured.
  private func reasoningEffort() -> String? {
    keepsModel ? recorded.reasoningEffort : config.string("model_reasoning_effort")
  }

  /// Other tiers are the service's to name, and count for models that it offers them for.
  private func serviceTier() -> String? {
    let tier: String? =
      switch request.serviceTier {
      case .absent: config.string("service_tier")
      case .null: "default"
      case .value(let tier): tier
      }
    return tier == "default" || tier == "flex" ? tier : nil
  }
}

// MARK: - What it may do

extension SettingsResolver {
  private mutating func approvalPolicy() -> AskForApproval {
    request.approvalPolicy ?? requested.approvalPolicy ?? recorded.knownApprovalPolicy
      ?? config.approvalPolicy ?? (trust == .untrusted ? .untrusted : .onRequest)
  }

  private func approvalsReviewer() -> ApprovalsReviewer {
    let reviewer: ApprovalsReviewer =
      request.approvalsReviewer ?? requested.name("approvals_reviewer") ?? recorded.knownReviewer
      ?? config.name("approvals_reviewer") ?? .user
    return reviewer == .guardianSubagent ? .autoReview : reviewer
  }

  /// What request or config ask for; a recorded sandbox never counts.
  private var askedSandbox: SandboxMode? { request.sandbox ?? config.name("sandbox_mode") }

  private mutating func sandbox() -> SandboxPolicy {
    switch askedSandbox ?? (trust == nil ? .readOnly : .workspaceWrite) {
    case .readOnly: return .readOnly(SandboxPolicy.ReadOnly())
    case .dangerFullAccess: return .dangerFullAccess
    case .workspaceWrite:
      var policy = SandboxPolicy.WorkspaceWrite()
      policy.writableRoots = directories((requestedRoots ?? []) + configuredRoots).filter {
        $0 != cwd
      }
      policy.networkAccess = config.flag("sandbox_workspace_write", "network_access")
      policy.excludeTmpdirEnvVar = config.flag("sandbox_workspace_write", "exclude_tmpdir_env_var")
      policy.excludeSlashTmp = config.flag("sandbox_workspace_write", "exclude_slash_tmp")
      return .workspaceWrite(policy)
    }
  }

  private func activePermissionProfile(of sandbox: SandboxPolicy) -> ActivePermissionProfile? {
    guard askedSandbox == nil else { return nil }
    var profile = ActivePermissionProfile()
    switch sandbox {
    case .workspaceWrite(SandboxPolicy.WorkspaceWrite()): profile.id = ":workspace"
    case .readOnly: profile.id = ":read-only"
    default: return nil
    }
    return profile
  }
}

// MARK: - Directories

extension SettingsResolver {
  private func runtimeWorkspaceRoots() -> [String] {
    directories(requestedRoots ?? [cwd] + configuredRoots)
  }

  private var requestedRoots: [String]? {
    request.runtimeWorkspaceRoots?.map { absolute($0, from: cwd) }
  }

  private var configuredRoots: [String] { config.writableRoots(from: cwd) }

  /// The directories without those that come a second time.
  private func directories(_ all: [String]) -> [String] {
    var seen: Set<String> = []
    return all.filter { seen.insert($0).inserted }
  }
}
