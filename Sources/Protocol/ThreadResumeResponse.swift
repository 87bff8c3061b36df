package import JSON

/// The answer of the methods that load a thread: resume, start and fork (PROTOCOL.md 5).
package struct ThreadResumeResponse: WireObject {
  package static let wireName = "ThreadResumeResponse"

  package var thread = Thread()
  package var model = ""
  package var modelProvider = ""
  package var serviceTier: String?
  package var cwd = ""
  /// The working directory, and what else may be written to.
  package var runtimeWorkspaceRoots: [String] = []
  /// Files with instructions that were read: none here.
  package var instructionSources: [String] = []
  package var approvalPolicy = AskForApproval.onRequest
  package var approvalsReviewer = ApprovalsReviewer.user
  package var sandbox = SandboxPolicy.dangerFullAccess
  package var activePermissionProfile: ActivePermissionProfile?
  package var reasoningEffort: String?
  package var collaborationMode = CollaborationMode()
  package var multiAgentMode = "explicitRequestOnly"
  package var disabledPluginIDs: [String] = []
  /// Null unless it was asked for.
  package var initialTurnsPage: TurnsPage?
  /// Where to go on from, backwards; null where all turns are there.
  package var turnsBackwardsCursor: String?
  package var itemsBackwardsCursor: String?

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
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
