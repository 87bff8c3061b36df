package import JSON

/// What a stored thread says of its settings (ROLLOUTS.md 4.3, 4.5).
package struct RecordedSettings: Sendable, Equatable {
  /// Of the newest `turn_context` or `thread_settings_applied`.
  package var model: String?
  /// Of the same record; nil where that has none or null.
  package var reasoningEffort: String?
  /// Of the same record, as it stands there.
  package var approvalPolicy: RawJSON?

  /// Of the newest `thread_settings_applied`: `model_provider_id`.
  package var modelProvider: String?
  /// Of the newest `thread_settings_applied`.
  package var approvalsReviewer: String?
  /// Of the newest `thread_settings_applied` that names this thread.
  package var cwd: String?

  /// Of the first `session_meta`.
  package var metaModelProvider: String?
  /// Of the first `session_meta`.
  package var metaCwd: String?
  /// Of the first `turn_context`.
  package var firstContextCwd: String?

  package init() {}
}
