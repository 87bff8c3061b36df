import Platform

/// When files are checked for a list, and how many changes this server had made by then.
struct LookTime: Sendable, Equatable {
  /// The time in milliseconds since 1970.
  let time: Int64
  /// The number of requests of this server that had changed a stored thread by then.
  let writes: Int

  /// How long the result of a check is used, in milliseconds (ROLLOUTS.md 7). Changes by other
  /// programs may be seen that much later; changes by this server are seen at once.
  private static let maximumAge: Int64 = 1000

  /// Whether the result of a check at this time can still be used.
  func isStillGood(at now: LookTime) -> Bool {
    writes == now.writes && abs(now.time - time) < Self.maximumAge
  }
}
