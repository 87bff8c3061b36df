package import Protocol

/// The settings of a thread, as the answers of thread/start, resume and fork show them (PROTOCOL.md
/// 5 and 6).
package struct EffectiveSettings: Equatable, Sendable {
  /// The name of the model.
  package var model: String
  /// The name of the model's provider.
  package var modelProvider: String
  /// The provider in `thread.modelProvider`: of a stored thread the one that it began with.
  package var threadModelProvider: String
  /// The reasoning effort of the model; nil for the model's default.
  package var reasoningEffort: String?
  /// The service tier of requests to the model; nil for the default.
  package var serviceTier: String?
  /// The style of the model; nil for the default.
  package var personality: Personality?

  /// How the model and the user work together.
  package var collaborationMode: CollaborationMode

  /// The working directory, absolute.
  package var cwd: String
  /// The directories that belong to the thread, absolute; the first one is mostly `cwd`.
  package var runtimeWorkspaceRoots: [String]
  /// When the user is asked for approval.
  package var approvalPolicy: AskForApproval
  /// Who answers requests for approval.
  package var approvalsReviewer: ApprovalsReviewer
  /// What commands may do.
  package var sandbox: SandboxPolicy
  /// The permission profile that the sandbox comes from; nil where the sandbox was requested or
  /// differs from every profile.
  package var activePermissionProfile: ActivePermissionProfile?

  /// Where the commands of the thread run.
  package var environments: [ThreadEnvironment]
}
