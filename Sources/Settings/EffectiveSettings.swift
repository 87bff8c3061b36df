package import Protocol

/// The settings of a thread, as the answers of thread/start, resume and fork tell them
/// (PROTOCOL.md 5 and 6).
package struct EffectiveSettings: Equatable, Sendable {
  package var model: String
  package var modelProvider: String
  /// What `thread.modelProvider` says: of a stored thread still the provider it began with.
  package var threadModelProvider: String
  package var reasoningEffort: String?
  package var serviceTier: String?
  package var personality: Personality?

  package var collaborationMode: CollaborationMode

  /// Absolute.
  package var cwd: String
  /// The directories that belong to the thread, absolute; the first is mostly `cwd`.
  package var runtimeWorkspaceRoots: [String]
  package var approvalPolicy: AskForApproval
  package var approvalsReviewer: ApprovalsReviewer
  package var sandbox: SandboxPolicy
  /// Nil where the sandbox was asked for, or is not just what the profile says.
  package var activePermissionProfile: ActivePermissionProfile?

  /// Where commands of the thread run.
  package var environments: [ThreadEnvironment]
}
