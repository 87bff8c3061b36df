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
  /// Whether the thread goes on, so that all of what is recorded counts.
  private let isStored: Bool
  /// Whether model, effort and provider are the recorded ones: all three, or none.
  private let keepsModel: Bool
  private let cwd: String
  private let serverDirectory: String

  private lazy var trust = ProjectTrust.level(of: cwd, in: config)

  init(
    request: ThreadOverrides, requested: TOMLTable, config: TOMLTable, thread: ThreadOrigin,
    serverDirectory: String
  ) {
    self.request = request
    self.requested = requested
    self.config = config
    recorded = thread.recorded
    isStored = thread.isStored
    keepsModel =
      thread.isStored && request.model == nil && request.modelProvider == nil
      && requested["model"] == nil && requested["model_reasoning_effort"] == nil
    self.serverDirectory = serverDirectory
    cwd =
      request.cwd.map { UserPath.absolute($0, from: serverDirectory) }
      ?? recorded.directory(serverDirectory: serverDirectory)
  }

  mutating func effective(thread: ThreadOrigin) throws(SettingsError) -> EffectiveSettings {
    let model = try model()
    let provider = try modelProvider()
    let (sandbox, profile) = permissions()
    let roots = runtimeWorkspaceRoots()
    return EffectiveSettings(
      model: model, modelProvider: provider,
      threadModelProvider: thread.isStored ? recorded.metaModelProvider ?? provider : provider,
      reasoningEffort: reasoningEffort(), serviceTier: serviceTier(),
      personality: request.personality ?? config.name("personality"),
      collaborationMode: collaborationMode(model), cwd: cwd,
      runtimeWorkspaceRoots: roots, approvalPolicy: approvalPolicy(),
      approvalsReviewer: approvalsReviewer(), sandbox: sandbox, activePermissionProfile: profile,
      environments: [ThreadEnvironment(local: cwd, roots: roots)])
  }
}

// MARK: - The model

extension SettingsResolver {
  private func model() throws(SettingsError) -> String {
    let recorded = keepsModel ? recorded.model?.named : nil
    let model =
      recorded ?? request.model ?? config.string("model") ?? Settings.builtInModel
    guard !model.allSatisfy(\.isWhitespace) else { throw .noModel }
    return model
  }

  private func modelProvider() throws(SettingsError) -> String {
    let recorded = keepsModel ? recorded.knownModelProvider : nil
    let provider =
      recorded ?? request.modelProvider ?? config.string("model_provider") ?? ModelProvider.builtIn
    guard ModelProvider.exists(provider, in: config) else {
      throw ConfigProblem.unknownProvider(provider).error
    }
    return provider
  }

  /// A stored thread that records no effort has none, whatever is configured.
  private func reasoningEffort() -> String? {
    keepsModel ? recorded.reasoningEffort?.named : config.string("model_reasoning_effort")
  }

  private func collaborationMode(_ model: String) -> CollaborationMode {
    var mode = CollaborationMode()
    if isStored, let known = recorded.knownCollaborationMode {
      mode.mode = known.mode
      mode.settings.developerInstructions = known.developerInstructions
    }
    mode.settings.model = model
    mode.settings.reasoningEffort = reasoningEffort()
    return mode
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

  /// The sandbox that the request names.
  private var askedSandbox: SandboxMode? { request.sandbox ?? requested.name("sandbox_mode") }

  /// The recorded sandbox, if the request names none. A fork takes it over only where it is that of
  /// a named profile, as in the original.
  private var recordedSandbox: (sandbox: SandboxPolicy, profile: ActivePermissionProfile?)? {
    guard askedSandbox == nil, let known = recorded.knownSandbox else { return nil }
    return isStored || known.profile != nil ? known : nil
  }

  /// The sandbox, and the profile where the sandbox is just what a profile says.
  private mutating func permissions() -> (SandboxPolicy, ActivePermissionProfile?) {
    if let askedSandbox { return (sandbox(askedSandbox), nil) }
    if let known = recordedSandbox {
      return (known.sandbox.adding(threadRoots.filter { $0 != cwd }), known.profile)
    }
    if let configured: SandboxMode = config.name("sandbox_mode") {
      return (sandbox(configured), nil)
    }
    let sandbox = sandbox(trust == nil ? .readOnly : .workspaceWrite)
    return (sandbox, ActivePermissionProfile(of: sandbox))
  }

  private func sandbox(_ mode: SandboxMode) -> SandboxPolicy {
    switch mode {
    case .readOnly: return .readOnly(SandboxPolicy.ReadOnly())
    case .dangerFullAccess: return .dangerFullAccess
    case .workspaceWrite:
      var policy = SandboxPolicy.WorkspaceWrite()
      policy.writableRoots = distinct(threadRoots + configuredRoots).filter { $0 != cwd }
      policy.networkAccess = config.flag("sandbox_workspace_write", "network_access")
      policy.excludeTmpdirEnvVar = config.flag("sandbox_workspace_write", "exclude_tmpdir_env_var")
      policy.excludeSlashTmp = config.flag("sandbox_workspace_write", "exclude_slash_tmp")
      return .workspaceWrite(policy)
    }
  }
}

extension SandboxPolicy {
  /// What a profile lets through that every version knows; nil for any other.
  init?(profile name: String) {
    switch name {
    case ":read-only": self = .readOnly(ReadOnly())
    case ":workspace": self = .workspaceWrite(WorkspaceWrite())
    case ":danger-full-access": self = .dangerFullAccess
    default: return nil
    }
  }

  /// The same with more directories to write to, if it lets write to some.
  fileprivate func adding(_ roots: [String]) -> SandboxPolicy {
    guard case .workspaceWrite(var policy) = self else { return self }
    policy.writableRoots += roots
    return .workspaceWrite(policy)
  }
}

extension ActivePermissionProfile {
  /// The profile that lets just as much through; nil where there is none.
  fileprivate init?(of sandbox: SandboxPolicy) {
    switch sandbox {
    case .workspaceWrite(SandboxPolicy.WorkspaceWrite()): self.init(":workspace")
    case .readOnly: self.init(":read-only")
    default: return nil
    }
  }
}

// MARK: - Directories

extension SettingsResolver {
  private func runtimeWorkspaceRoots() -> [String] {
    let configured = recordedSandbox?.profile == nil ? configuredRoots : []
    return distinct(requestedRoots ?? recordedRoots ?? [cwd] + configured)
  }

  /// The directories that the thread itself brings, the request's or the recorded ones.
  private var threadRoots: [String] { distinct(requestedRoots ?? recordedRoots ?? []) }

  private var requestedRoots: [String]? {
    request.runtimeWorkspaceRoots?.map { UserPath.absolute($0, from: cwd) }
  }

  /// Where the request names another directory to work in, that takes the place of the recorded
  /// one.
  private var recordedRoots: [String]? {
    guard isStored, let roots = recorded.workspaceRoots else { return nil }
    let directory = recorded.directory(serverDirectory: serverDirectory)
    return roots.map { root in
      let root = UserPath.absolute(root, from: directory)
      return root == directory ? cwd : root
    }
  }

  private var configuredRoots: [String] { config.writableRoots(from: cwd) }

  /// The directories without those that come a second time.
  private func distinct(_ all: [String]) -> [String] {
    var seen: Set<String> = []
    return all.filter { seen.insert($0).inserted }
  }
}

extension String {
  /// Nil for an empty text, which names nothing.
  fileprivate var named: String? { isEmpty ? nil : self }
}
