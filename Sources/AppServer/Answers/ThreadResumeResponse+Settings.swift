import Protocol
import Settings

extension ThreadResumeResponse {
  /// Creates the answer of a method that loads a thread.
  ///
  /// - Parameter settings: The settings of the loaded thread.
  init(_ thread: Protocol.Thread, _ settings: EffectiveSettings) {
    self.init()
    self.thread = thread
    model = settings.model
    modelProvider = settings.modelProvider
    serviceTier = settings.serviceTier
    cwd = settings.cwd
    runtimeWorkspaceRoots = settings.runtimeWorkspaceRoots
    approvalPolicy = settings.approvalPolicy
    approvalsReviewer = settings.approvalsReviewer
    sandbox = settings.sandbox
    activePermissionProfile = settings.activePermissionProfile
    reasoningEffort = settings.reasoningEffort
    collaborationMode = settings.collaborationMode
  }
}
