package import JSON

/// What a stored thread says of its settings (ROLLOUTS.md 4.3, 4.5).
package struct RecordedSettings: Sendable, Equatable {
  /// Of the newest `turn_context` or `thread_settings_applied`.
  package var model: String?
  /// Of the same record; nil where that has none or null.
  package var reasoningEffort: String?
  /// Of the same record, as it stands there.
  package var approvalPolicy: RawJSON?
  /// Of the newest `turn_context` or `thread_settings_applied` that names one.
  package var approvalsReviewer: String?

  /// Of the newest `thread_settings_applied`: `model_provider_id`.
  package var modelProvider: String?
  /// Of the newest `thread_settings_applied` that names this thread.
  package var cwd: String?
  /// Of the newest `thread_settings_applied` that names this thread and has permissions.
  package var permissions: RecordedPermissions?
  /// Of the newest `thread_settings_applied` that names this thread, nil where that has none; else
  /// of the first `session_meta`. Absolute or below the thread's directory.
  package var workspaceRoots: [String]?
  /// Of the newest `thread_settings_applied` that names this thread and has one, as it stands
  /// there.
  package var collaborationMode: RawJSON?
  /// Of the newest `turn_context`, as it stands there; nil where that has none. Versions without
  /// `thread_settings_applied` have nothing else.
  package var contextCollaborationMode: RawJSON?

  /// Of the first `session_meta`.
  package var metaModelProvider: String?
  /// Of the first `session_meta`.
  package var metaCwd: String?
  /// Of the first `turn_context`.
  package var firstContextCwd: String?

  package init() {}

  /// Drops what may be long and is needed only to open the thread, not to list it.
  package mutating func forgetTexts() {
    collaborationMode = nil
    contextCollaborationMode = nil
  }
}

/// What commands of a thread were allowed to do, as far as that can be had again.
package enum RecordedPermissions: Sendable, Equatable {
  /// The profile of this name.
  case profile(String)
  /// A sandbox that does not depend on directories.
  case sandbox(SandboxPolicy)
  /// Rules about certain directories, or about something outside: the settings say what stands for
  /// them.
  case configured
}
