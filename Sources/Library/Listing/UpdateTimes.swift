/// When the last message of a thread was written, as it is known now and as it was known earlier. A
/// list keeps the order that it had when the client requested the first page.
struct UpdateTimes: Sendable {
  /// The time that is known now, in milliseconds since 1970; nil if the file is not listed.
  private(set) var current: Int64?
  /// Since when `current` is known, in milliseconds since 1970.
  private var since = Int64.min
  /// The times that were known earlier, and since when, the oldest first. Empty for most files.
  private var earlier: [(time: Int64?, since: Int64)] = []

  /// The greatest number of earlier times. A file is checked once per second at most.
  private static let limit = 1000

  /// Notes the result of a check.
  ///
  /// - Parameters:
  ///   - time: When the last message was written, in milliseconds since 1970; nil if the file is
  ///     not listed.
  ///   - now: The time of the check, in milliseconds since 1970.
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

  /// The first time that was known, in milliseconds since 1970; nil if the file was never listed.
  var first: Int64? { earlier.lazy.compactMap(\.time).first ?? current }

  /// The time that was known at a moment, in milliseconds since 1970; nil if none was known.
  func value(asOf moment: Int64) -> Int64? {
    if since <= moment { return current }
    return earlier.last { $0.since <= moment }?.time
  }
}
