import JSON
import Protocol
import Settings

/// The answer of the methods that load a thread: resume, start and fork (PROTOCOL.md 5).
struct ThreadSession: WireObject {
  static let wireName = "ThreadResumeResponse"

  var thread = Protocol.Thread()
  var model = ""
  var modelProvider = ""
  var serviceTier: String?
  var cwd = ""
  /// The working directory, and what else may be written to.
  var runtimeWorkspaceRoots: [String] = []
  /// Files with instructions that were read: none here.
  var instructionSources: [String] = []
  var approvalPolicy = AskForApproval.onRequest
  var approvalsReviewer = ApprovalsReviewer.user
  var sandbox = SandboxPolicy.dangerFullAccess
  var activePermissionProfile: ActivePermissionProfile?
  var reasoningEffort: String?
  var collaborationMode = CollaborationMode()
  var multiAgentMode = "explicitRequestOnly"
  var disabledPluginIDs: [String] = []
  /// Null unless it was asked for.
  var initialTurnsPage: TurnsPage?
  /// Where to go on from, backwards; null where all turns are there.
  var turnsBackwardsCursor: String?
  var itemsBackwardsCursor: String?

  init() {}

  init(_ thread: Protocol.Thread, _ settings: EffectiveSettings) {
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

  mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("thread", &thread)
    try field("model", &model)
    try field("modelProvider", &modelProvider)
    try field("serviceTier", &serviceTier)
    try field("cwd", &cwd)
    try field("runtimeWorkspaceRoots", &runtimeWorkspaceRoots)
    try field("instructionSources", &instructionSources)
    try field("approvalPolicy", &approvalPolicy)
    try field("approvalsReviewer", &approvalsReviewer)
    try field("sandbox", &sandbox)
    try field("activePermissionProfile", &activePermissionProfile)
    try field("reasoningEffort", &reasoningEffort)
    try field("collaborationMode", &collaborationMode)
    try field("multiAgentMode", &multiAgentMode)
    try field("disabledPluginIds", &disabledPluginIDs)
    try field("initialTurnsPage", &initialTurnsPage)
    try field("turnsBackwardsCursor", &turnsBackwardsCursor)
    try field("itemsBackwardsCursor", &itemsBackwardsCursor)
  }
}
