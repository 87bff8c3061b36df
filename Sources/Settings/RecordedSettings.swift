internal import JSON
package import Protocol

extension RecordedSettings {
  /// Where the thread works, absolute: the first of its directories that is recorded, or the
  /// server's.
  package func directory(serverDirectory: String) -> String {
    UserPath.absolute(cwd ?? metaCwd ?? firstContextCwd ?? "", from: serverDirectory)
  }

  /// Nil where none is recorded, or one that nobody knows.
  var knownApprovalPolicy: AskForApproval? {
    approvalPolicy.flatMap { try? withJSON($0.bytes) { try? AskForApproval(json: $0) } }
  }

  /// Nil where none is recorded, or one that nobody knows.
  var knownReviewer: ApprovalsReviewer? {
    approvalsReviewer.flatMap(ApprovalsReviewer.init(rawValue:))
  }

  /// Nil where none is recorded. An empty name of settings that were applied means the configured
  /// provider, not that of the header.
  var knownModelProvider: String? {
    let name = modelProvider ?? metaModelProvider
    return name == "" ? nil : name
  }

  /// How model and user worked together last. Kinds of it that are no more count as the default.
  var knownCollaborationMode: (mode: ModeKind, developerInstructions: String?)? {
    guard let recorded = collaborationMode ?? contextCollaborationMode else { return nil }
    return try? withJSON(recorded.bytes) { json in
      (
        json.string("mode").flatMap(ModeKind.init(rawValue:)) ?? .default,
        json["settings"]?.string("developer_instructions")
      )
    }
  }

  /// The sandbox with its profile, if it has one; nil where none is recorded that stands for itself.
  var knownSandbox: (sandbox: SandboxPolicy, profile: ActivePermissionProfile?)? {
    switch permissions {
    case .sandbox(let policy): return (policy, nil)
    case .profile(let name):
      guard let policy = SandboxPolicy(profile: name) else { return nil }
      return (policy, ActivePermissionProfile(name))
    case .configured, nil: return nil
    }
  }
}
