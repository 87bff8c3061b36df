internal import Protocol

/// The shape that a value of the config has to have.
indirect enum ConfigShape: Sendable {
  case string
  /// A string that is not empty, with its name in errors.
  case name(String)
  case boolean
  /// An array of paths of directories.
  case paths
  /// One of some names, or a table with one key that names a variant with members.
  case variant(names: [String], tables: [String: ConfigShape] = [:])
  /// A table whose keys have these shapes; keys are optional unless `required`, and others are
  /// allowed.
  ///
  /// The `name` is the expected type in errors.
  case table(name: String, [String: ConfigShape], required: [String] = [])
  /// A table with any keys.
  case map(of: ConfigShape)
}

extension ConfigShape {
  /// The shape of the whole config: the keys that this program reads (PROTOCOL.md 6).
  static let config = table(
    name: "struct ConfigToml",
    settings.merging([
      "profile": .string,
      "profiles": .map(of: profile),
    ]) { first, _ in first })

  /// The shape of a profile.
  static let profile = table(name: "struct ConfigProfile", settings)

  private static let settings: [String: ConfigShape] = [
    "model": .string,
    "model_provider": .string,
    "model_providers": .map(of: .table(name: "struct ModelProviderInfo", [:])),
    "model_reasoning_effort": .name("reasoning_effort"),
    "approval_policy": approvalPolicy,
    "approvals_reviewer": .variant(names: ApprovalsReviewer.names),
    "sandbox_mode": .variant(names: SandboxMode.names),
    "sandbox_workspace_write": .table(
      name: "struct SandboxWorkspaceWrite",
      [
        "writable_roots": .paths,
        "network_access": .boolean,
        "exclude_tmpdir_env_var": .boolean,
        "exclude_slash_tmp": .boolean,
      ]),
    "service_tier": .string,
    "personality": .variant(names: Personality.names),
    "projects": .map(
      of: .table(
        name: "struct ProjectConfig", ["trust_level": .variant(names: TrustLevel.names)])),
  ]

  private static let approvalPolicy = variant(
    names: ["untrusted", "on-failure", "on-request", "granular", "never"],
    tables: [
      "granular": .table(
        name: "struct GranularApprovalConfig",
        [
          "sandbox_approval": .boolean,
          "rules": .boolean,
          "skill_approval": .boolean,
          "request_permissions": .boolean,
          "mcp_elicitations": .boolean,
        ], required: ["sandbox_approval", "rules", "mcp_elicitations"])
    ])
}

extension CaseIterable where Self: RawRepresentable<String> {
  /// The names of the cases in a config.
  fileprivate static var names: [String] { allCases.map(\.rawValue) }
}
