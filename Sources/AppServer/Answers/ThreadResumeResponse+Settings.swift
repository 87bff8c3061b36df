import Protocol
import Settings

extension ThreadResumeResponse {
  /// - Parameter settings: Those that the thread was opened with.
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
