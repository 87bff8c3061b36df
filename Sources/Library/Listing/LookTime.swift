import Platform

/// When files are looked at for a list, and how much this server itself had changed by then.
struct LookTime: Sendable {
  /// In ms since 1970.
  let time: Int64
  /// How many requests had changed something that is stored.
  let writes: Int

  /// How long a file counts as unchanged after a look at it, in ms (ROLLOUTS.md 7): changes of other
  /// programs may show so much later, those of this server never.
  private static let maximumAge: Int64 = 1000

  /// Whether what was seen then still counts.
  func isStillGood(at now: LookTime) -> Bool {
    writes == now.writes && abs(now.time - time) < Self.maximumAge
  }
}
