internal import JSON
package import Protocol

extension RecordedSettings {
  /// The working directory of the thread, absolute: the first recorded one in order of precedence,
  /// or else the server's.
  package func directory(serverDirectory: String) -> String {
    UserPath.absolute(cwd ?? metaCwd ?? firstContextCwd ?? "", from: serverDirectory)
  }

  /// The recorded approval policy; nil where none or an unknown one is recorded.
  var knownApprovalPolicy: AskForApproval? {
    approvalPolicy.flatMap { try? withJSON($0.bytes) { try? AskForApproval(json: $0) } }
  }

  /// The recorded reviewer; nil where none or an unknown one is recorded.
  var knownReviewer: ApprovalsReviewer? {
    approvalsReviewer.flatMap(ApprovalsReviewer.init(rawValue:))
  }

  /// The recorded provider; nil where none is recorded. An empty name in applied settings means the
  /// configured provider, not that of the header.
  var knownModelProvider: String? {
    let name = modelProvider ?? metaModelProvider
    return name == "" ? nil : name
  }

  /// The recorded collaboration mode, with its instructions; nil where none is recorded. An unknown
  /// mode counts as the default.
  var knownCollaborationMode: (mode: ModeKind, developerInstructions: String?)? {
    guard let recorded = collaborationMode ?? contextCollaborationMode else { return nil }
    return try? withJSON(recorded.bytes) { json in
      (
        json.string("mode").flatMap(ModeKind.init(rawValue:)) ?? .default,
        json["settings"]?.string("developer_instructions")
      )
    }
  }

  /// The recorded sandbox, with its profile if it has one; nil where none is recorded that can be
  /// restored.
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
