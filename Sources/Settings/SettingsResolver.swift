internal import JSON
package import Protocol
internal import TOML

/// Where the thread whose settings are requested comes from.
package enum ThreadOrigin: Sendable {
  /// The thread is new, or made of a history in the request.
  case new
  /// The thread is stored and resumed.
  case stored(RecordedSettings)
  /// The thread is a fork of a stored one.
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
  /// Determines the settings of a thread from the config, the records and the request, of which
  /// later ones take precedence (PROTOCOL.md 6). Changes nothing, and at most reads from the disk
  /// whether a project is trusted.
  ///
  /// - Parameters:
  ///   - request: The settings in the request.
  ///   - thread: Where the thread comes from.
  ///   - serverDirectory: The directory against which relative ones are resolved, absolute.
  /// - Throws: If a value of the request's config is wrong, a provider does not exist, or a model
  ///   has no name.
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

/// Finds each setting of a thread in the highest layer that sets it.
private struct SettingsResolver {
  /// The members of the request.
  private let request: ThreadOverrides
  /// The `config` of the request.
  private let requested: TOMLTable
  /// The config of all layers, with that of the request.
  private let config: TOMLTable
  private let recorded: RecordedSettings
  /// Whether the thread is resumed, so that all recorded settings count.
  private let isStored: Bool
  /// Whether the recorded model, effort and provider are used: all three, or none.
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

  /// The reasoning effort. A resumed thread that records none has none, whatever is configured.
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

  /// The service tier. Other tiers depend on the service and the model.
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

  /// The sandbox that the request names; nil where it names none.
  private var askedSandbox: SandboxMode? { request.sandbox ?? requested.name("sandbox_mode") }

  /// The recorded sandbox; nil if the request names one. A fork inherits it only if it is that of a
  /// named profile, as in the original.
  private var recordedSandbox: (sandbox: SandboxPolicy, profile: ActivePermissionProfile?)? {
    guard askedSandbox == nil, let known = recorded.knownSandbox else { return nil }
    return isStored || known.profile != nil ? known : nil
  }

  /// The sandbox, and the profile if the sandbox is equal to one.
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
  /// Creates the sandbox of a profile that every version knows; nil for other profiles.
  init?(profile name: String) {
    switch name {
    case ":read-only": self = .readOnly(ReadOnly())
    case ":workspace": self = .workspaceWrite(WorkspaceWrite())
    case ":danger-full-access": self = .dangerFullAccess
    default: return nil
    }
  }

  /// The policy with more writable directories, if it has any.
  fileprivate func adding(_ roots: [String]) -> SandboxPolicy {
    guard case .workspaceWrite(var policy) = self else { return self }
    policy.writableRoots += roots
    return .workspaceWrite(policy)
  }
}

extension ActivePermissionProfile {
  /// Creates the profile that is equal to a sandbox; nil where there is none.
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

  /// The directories of the thread: the requested or the recorded ones.
  private var threadRoots: [String] { distinct(requestedRoots ?? recordedRoots ?? []) }

  private var requestedRoots: [String]? {
    request.runtimeWorkspaceRoots?.map { UserPath.absolute($0, from: cwd) }
  }

  /// The recorded directories, in which a requested working directory replaces the recorded one.
  private var recordedRoots: [String]? {
    guard isStored, let roots = recorded.workspaceRoots else { return nil }
    let directory = recorded.directory(serverDirectory: serverDirectory)
    return roots.map { root in
      let root = UserPath.absolute(root, from: directory)
      return root == directory ? cwd : root
    }
  }

  private var configuredRoots: [String] { config.writableRoots(from: cwd) }

  /// The directories without repetitions.
  private func distinct(_ all: [String]) -> [String] {
    var seen: Set<String> = []
    return all.filter { seen.insert($0).inserted }
  }
}

extension String {
  /// The text; nil where it is empty.
  fileprivate var named: String? { isEmpty ? nil : self }
}
