package import JSON

/// The settings that a stored thread records (ROLLOUTS.md 4.3, 4.5). Every member is nil where none
/// is recorded.
package struct RecordedSettings: Sendable, Equatable {
  /// The model, from the newest `turn_context` or `thread_settings_applied`.
  package var model: String?
  /// The reasoning effort, from the record that holds the model; nil where that has none.
  package var reasoningEffort: String?
  /// The approval policy, unchanged, from the record that holds the model.
  package var approvalPolicy: RawJSON?
  /// Who answers requests for approval, from the newest `turn_context` or `thread_settings_applied`
  /// that names one.
  package var approvalsReviewer: String?

  /// The model's provider, from the newest `thread_settings_applied`.
  package var modelProvider: String?
  /// The working directory, from the newest `thread_settings_applied` that names this thread.
  package var cwd: String?
  /// The permissions, from the newest `thread_settings_applied` that names this thread and has
  /// some.
  package var permissions: RecordedPermissions?
  /// The directories that belong to the thread, absolute or relative to its directory, from the
  /// newest `thread_settings_applied` that names it (nil where that has none), or else from the
  /// first `session_meta`.
  package var workspaceRoots: [String]?
  /// The collaboration mode, unchanged, from the newest `thread_settings_applied` that names this
  /// thread and has one.
  package var collaborationMode: RawJSON?
  /// The collaboration mode, unchanged, from the newest `turn_context`, for versions that did not
  /// write `thread_settings_applied`.
  package var contextCollaborationMode: RawJSON?

  /// The model's provider, from the first `session_meta`.
  package var metaModelProvider: String?
  /// The working directory, from the first `session_meta`.
  package var metaCwd: String?
  /// The working directory, from the first `turn_context`.
  package var firstContextCwd: String?

  package init() {}

  /// Drops the members that may be long and that lists do not need.
  package mutating func forgetTexts() {
    collaborationMode = nil
    contextCollaborationMode = nil
  }
}

/// The permissions that commands of a thread had, as far as they can be restored.
package enum RecordedPermissions: Sendable, Equatable {
  /// The permission profile of this name.
  case profile(String)
  /// A sandbox that does not depend on directories.
  case sandbox(SandboxPolicy)
  /// Rules about certain directories or an external sandbox. The configured permissions are used
  /// instead.
  case configured
}
