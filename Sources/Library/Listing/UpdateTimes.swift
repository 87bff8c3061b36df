/// When a conversation last went on, as it is known now and as it was known before: a list that is
/// paged through stays in the order in which it was when that began.
struct UpdateTimes: Sendable {
  /// In ms since 1970; nil where there is nothing to list.
  private(set) var current: Int64?
  /// Since when that is known, in ms since 1970.
  private var since = Int64.min
  /// What was known before, and since when, oldest first. Empty of most files.
  private var earlier: [(time: Int64?, since: Int64)] = []

  /// How many changes are remembered. Files are looked at once a second at most.
  private static let limit = 1000

  /// Notes what was found at a time, in ms since 1970.
  mutating func note(_ time: Int64?, at now: Int64) {
    if since == .min {
      since = now
    } else if time != current {
      earlier.append((current, since))
      if earlier.count > Self.limit { earlier.removeFirst() }
      since = max(now, since + 1)
    }
    current = time
  }

  /// The first that was known; nil where there never was anything to list.
  var first: Int64? { earlier.lazy.compactMap(\.time).first ?? current }

  /// What was known at a time; nil also where nothing was.
  func value(asOf moment: Int64) -> Int64? {
    if since <= moment { return current }
    return earlier.last { $0.since <= moment }?.time
  }
}
