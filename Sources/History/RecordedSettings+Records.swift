import JSON
import Protocol
import System

// What records say of a thread's settings (PROTOCOL.md 6).
extension RecordedSettings {
  mutating func note(turnContext payload: JSONValue) {
    model = payload.string("model")
    reasoningEffort = payload.string("effort")
    approvalPolicy = payload.present("approval_policy").map { RawJSON($0) }
    firstContextCwd = firstContextCwd ?? payload.string("cwd")
  }

  /// - Parameter thread: The thread whose records these are: a fork's file holds those of its parent
  ///   too, whose directory is not the fork's.
  mutating func note(applied payload: JSONValue, to thread: UUID?) {
    guard let settings = payload["thread_settings"] else { return }
    model = settings.string("model")
    reasoningEffort = settings.string("reasoning_effort")
    approvalPolicy = settings.present("approval_policy").map { RawJSON($0) }
    modelProvider = settings.string("model_provider_id")
    approvalsReviewer = settings.string("approvals_reviewer")
    let named = payload.string("thread_id").flatMap { try? UUID($0) }
    if let named, named == thread { cwd = settings.string("cwd") ?? cwd }
  }
}
