import Protocol

extension SandboxPolicy {
  /// No changes, no network.
  static var readOnly: SandboxPolicy { .readOnly(ReadOnly()) }

  static func workspaceWrite(
    _ roots: [String] = [], networkAccess: Bool = false, excludeTmpdirEnvVar: Bool = false,
    excludeSlashTmp: Bool = false
  ) -> SandboxPolicy {
    var policy = WorkspaceWrite()
    policy.writableRoots = roots
    policy.networkAccess = networkAccess
    policy.excludeTmpdirEnvVar = excludeTmpdirEnvVar
    policy.excludeSlashTmp = excludeSlashTmp
    return .workspaceWrite(policy)
  }
}
