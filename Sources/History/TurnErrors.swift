import JSON
import Protocol

/// Why a turn failed, as the wire has it.
func turnError(_ error: JSONValue) -> TurnError {
  var result = TurnError()
  result.message = error.string("message") ?? ""
  result.codexErrorInfo = error.present("codex_error_info").map(errorInfo)
  return result
}

/// Names on disk are in snake_case, on the wire in camelCase; names that clients do not know become
/// `other` (HISTORY.md 1).
private func errorInfo(_ info: JSONValue) -> RawJSON {
  if info.kind == .object {
    var result: RawJSON?
    info.forEachMember { name, value in
      if let name = name.asString, errorsWithDetails.contains(name) {
        result = RawJSON(WireMap([(name: camelCase(name), value: camelCasedMembers(value))]))
      }
    }
    if let result { return result }
  }
  guard let name = info.asString, plainErrors.contains(name) else { return RawJSON("other") }
  return RawJSON(camelCase(name))
}

private func camelCasedMembers(_ value: JSONValue) -> RawJSON {
  var members: [(name: String, value: RawJSON)] = []
  value.forEachMember { name, value in
    members.append((camelCase(name.asString ?? ""), RawJSON(value)))
  }
  return RawJSON(WireMap(members))
}

private let plainErrors: Set<String> = [
  "context_window_exceeded", "session_budget_exceeded", "usage_limit_exceeded",
  "rate_limit_exceeded", "flex_unavailable", "server_overloaded", "cyber_policy",
  "misalignment_policy_violation", "too_many_denials", "internal_server_error", "unauthorized",
  "bad_request", "thread_rollback_failed", "sandbox_error", "other",
]

private let errorsWithDetails: Set<String> = [
  "http_connection_failed", "response_stream_connection_failed", "response_stream_disconnected",
  "response_too_many_failed_attempts", "active_turn_not_steerable",
]

/// `snake_case` as `camelCase`.
func camelCase(_ name: String) -> String {
  let words = name.split(separator: "_")
  guard let first = words.first else { return name }
  return words.dropFirst().reduce(String(first)) { $0 + $1.prefix(1).uppercased() + $1.dropFirst() }
}
