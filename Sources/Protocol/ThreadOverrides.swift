package import JSON

/// The settings that a request may change for the thread that it opens (PROTOCOL.md 6). A member
/// that is null is not changed.
package struct ThreadOverrides: WireObject, Equatable {
  /// When the user is asked for approval.
  package var approvalPolicy: AskForApproval?
  /// Who answers requests for approval.
  package var approvalsReviewer: ApprovalsReviewer?
  /// The base instructions of the model.
  package var baseInstructions: JSONText?
  /// Settings with the names of config.toml, nested or with dotted names.
  package var config: WireMap<RawJSON>?
  /// The working directory; a relative one is resolved against the server's.
  package var cwd: String?
  /// Further instructions for the model, which have no effect.
  package var developerInstructions: JSONText?
  /// The name of the model.
  package var model: String?
  /// The name of the model's provider.
  package var modelProvider: String?
  /// A permission profile, which has no effect.
  package var permissions: String?
  /// The style of the model.
  package var personality: Personality?
  /// The directories that belong to the thread; relative ones are resolved against the working
  /// directory.
  package var runtimeWorkspaceRoots: [String]?
  /// What commands may do.
  package var sandbox: SandboxMode?
  /// The service tier; null means the service's default instead of a configured tier.
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
