import JSON
import Platform
import Protocol

// The settings of a thread from its records (PROTOCOL.md 6).
extension RecordedSettings {
  /// Notes the settings in a `turn_context`.
  mutating func note(turnContext payload: JSONValue) {
    model = payload.string("model")
    reasoningEffort = payload.string("effort")
    approvalPolicy = payload.present("approval_policy").map { RawJSON($0) }
    approvalsReviewer = payload.string("approvals_reviewer") ?? approvalsReviewer
    contextCollaborationMode.keep(payload.collaborationMode)
    firstContextCwd = firstContextCwd ?? payload.string("cwd")
  }

  /// Notes the settings in a `thread_settings_applied`.
  ///
  /// - Parameter thread: The id of the thread. A fork's file holds records of its parent too, whose
  ///   directory and permissions are not the fork's.
  mutating func note(applied payload: JSONValue, to thread: UUID?) {
    guard let settings = payload["thread_settings"] else { return }
    model = settings.string("model")
    reasoningEffort = settings.string("reasoning_effort")
    approvalPolicy = settings.present("approval_policy").map { RawJSON($0) }
    approvalsReviewer = settings.string("approvals_reviewer") ?? approvalsReviewer
    modelProvider = settings.string("model_provider_id")
    let named = payload.string("thread_id").flatMap { try? UUID($0) }
    if let named, named == thread { noteOwn(settings) }
  }

  /// Notes the settings that only count in the thread's own records.
  private mutating func noteOwn(_ settings: JSONValue) {
    if let directory = settings.string("cwd"), !directory.isEmpty { cwd = directory }
    permissions = RecordedPermissions(settings) ?? permissions
    workspaceRoots = settings.strings("runtime_workspace_roots")
    if let mode = settings.collaborationMode { collaborationMode.keep(mode) }
  }

  /// Whether a `turn_context` agrees with these settings, as far as it holds any.
  func agrees(with context: JSONValue) -> Bool {
    let directory = context.string("cwd")
    let roots = directory.map { [$0] } ?? []
    return context.string("model") == model && directory == cwd ?? metaCwd
      && RecordedPermissions(context) == permissions
      && context.strings("workspace_roots") ?? roots == workspaceRoots ?? roots
      && context.collaborationMode.map { RawJSON($0) } == collaborationMode
  }
}

extension JSONValue {
  /// The collaboration mode in a record of settings; nil where there is none.
  fileprivate var collaborationMode: JSONValue? {
    self["collaboration_mode"].flatMap { $0.kind == .object ? $0 : nil }
  }
}

extension RawJSON? {
  /// Keeps a value. A value that is kept already, as most records repeat it, is not copied again.
  fileprivate mutating func keep(_ value: JSONValue?) {
    if let value, let self, self.isText(of: value) { return }
    self = value.map { RawJSON($0) }
  }
}
