package import JSON

/// What a request may set for the thread that it opens (PROTOCOL.md 6); null is "not given".
package struct ThreadOverrides: WireObject, Equatable {
  package var approvalPolicy: AskForApproval?
  package var approvalsReviewer: ApprovalsReviewer?
  package var baseInstructions: JSONText?
  /// Settings as config.toml names them, nested or with dotted names.
  package var config: WireMap<RawJSON>?
  package var cwd: String?
  package var developerInstructions: JSONText?
  package var model: String?
  package var modelProvider: String?
  /// Checked to be a string, no more.
  package var permissions: String?
  package var personality: Personality?
  package var runtimeWorkspaceRoots: [String]?
  package var sandbox: SandboxMode?
  /// Null is the service's default, over a configured one.
  package var serviceTier = Patch<String>.absent

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("model", &model)
    try field("modelProvider", &modelProvider)
    try field("serviceTier", &serviceTier, [.newer, .omittedWhenAbsent])
    try field("cwd", &cwd)
    try field("runtimeWorkspaceRoots", &runtimeWorkspaceRoots, .newer)
    try field("approvalPolicy", &approvalPolicy)
    try field("approvalsReviewer", &approvalsReviewer, .newer)
    try field("sandbox", &sandbox)
    try field("permissions", &permissions, .newer)
    try field("config", &config)
    try field("baseInstructions", &baseInstructions)
    try field("developerInstructions", &developerInstructions)
    try field("personality", &personality)
  }
}
