package import JSON
package import Protocol
internal import TOML

/// The settings in the answer of `config/read`: what the config sets, with its own names; nil where
/// it sets nothing.
package struct ConfiguredSettings: WireObject, Equatable {
  /// The name of the model.
  package var model: String?
  /// The name of the model's provider.
  package var modelProvider: String?
  /// The reasoning effort of the model.
  package var modelReasoningEffort: String?
  /// When the user is asked for approval.
  package var approvalPolicy: AskForApproval?
  /// Who answers requests for approval.
  package var approvalsReviewer: ApprovalsReviewer?
  /// What commands may do.
  package var sandboxMode: SandboxMode?
  /// The details of the sandbox that lets commands write to the workspace.
  package var sandboxWorkspaceWrite: WorkspaceWrite?
  /// The service tier of requests to the model.
  package var serviceTier: String?
  /// The style of the model.
  package var personality: Personality?
  /// The name of the profile.
  package var profile: String?

  package static var wireName: String { "Config" }

  /// What commands may do in the sandbox `workspace-write`.
  package struct WorkspaceWrite: WireObject, Equatable {
    /// The directories that commands may write to, absolute.
    package var writableRoots: [String] = []
    /// Whether commands may use the network.
    package var networkAccess = false
    /// Whether the directory in `TMPDIR` is excluded from the writable ones.
    package var excludeTmpdirEnvVar = false
    /// Whether `/tmp` is excluded from the writable directories.
    package var excludeSlashTmp = false

    package static var wireName: String { "SandboxWorkspaceWrite" }

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("writable_roots", &writableRoots, .defaulted)
      try field("network_access", &networkAccess, .defaulted)
      try field("exclude_tmpdir_env_var", &excludeTmpdirEnvVar, .defaulted)
      try field("exclude_slash_tmp", &excludeSlashTmp, .defaulted)
    }
  }

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("model", &model)
    try field("model_provider", &modelProvider)
    try field("model_reasoning_effort", &modelReasoningEffort)
    try field("approval_policy", &approvalPolicy)
    try field("approvals_reviewer", &approvalsReviewer, .newer)
    try field("sandbox_mode", &sandboxMode)
    try field("sandbox_workspace_write", &sandboxWorkspaceWrite)
    try field("service_tier", &serviceTier, .newer)
    try field("personality", &personality, .newer)
    try field("profile", &profile)
  }
}

extension Settings {
  /// The settings that config.toml, the profile and the options set together.
  ///
  /// - Parameter directory: The directory against which relative paths of options are resolved.
  package func configured(serverDirectory directory: String) -> ConfiguredSettings {
    var configured = ConfiguredSettings()
    configured.model = model
    configured.modelProvider = table.string("model_provider")
    configured.modelReasoningEffort = reasoningEffort
    configured.approvalPolicy = table.approvalPolicy
    configured.approvalsReviewer = table.name("approvals_reviewer")
    configured.sandboxMode = table.name("sandbox_mode")
    configured.sandboxWorkspaceWrite = workspaceWrite(from: directory)
    configured.serviceTier = table.string("service_tier")
    configured.personality = table.name("personality")
    configured.profile = table.string("profile")
    return configured
  }

  private func workspaceWrite(from directory: String) -> ConfiguredSettings.WorkspaceWrite? {
    guard table["sandbox_workspace_write"] != nil else { return nil }
    var sandbox = ConfiguredSettings.WorkspaceWrite()
    sandbox.writableRoots = table.writableRoots(from: directory)
    sandbox.networkAccess = table.flag("sandbox_workspace_write", "network_access")
    sandbox.excludeTmpdirEnvVar = table.flag("sandbox_workspace_write", "exclude_tmpdir_env_var")
    sandbox.excludeSlashTmp = table.flag("sandbox_workspace_write", "exclude_slash_tmp")
    return sandbox
  }
}
