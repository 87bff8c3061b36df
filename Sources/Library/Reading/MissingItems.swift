package import Platform

/// The items that an answer lacks, or shows only in part, because their records could not be read
/// any more while the answer was written (PROTOCOL.md 2).
package struct MissingItems: Equatable, Sendable, CustomStringConvertible {
  /// The number of the items.
  package private(set) var count: Int
  /// Why they could not be read: a failure of the system, if there was one, else that the first of
  /// them is gone.
  package private(set) var reason: SystemError

  /// Notes that one item is missing.
  package init(_ reason: SystemError) {
    count = 1
    self.reason = reason
  }

  /// What two parts of an answer lack; nil if neither lacks anything.
  package init?(_ one: MissingItems?, and other: MissingItems?) {
    guard var sum = one ?? other else { return nil }
    if one != nil, let other { sum.add(other.count, other.reason) }
    self = sum
  }

  /// Notes that more items are missing.
  package mutating func add(_ count: Int = 1, _ reason: SystemError) {
    self.count += count
    if !endsReading, reason.code != 0 { self.reason = reason }
  }

  /// Whether the system cannot read a file. Then no other item is read for the answer, since each
  /// attempt could take a failing disk seconds.
  package var endsReading: Bool { reason.code != 0 }

  /// What is missing, in words that a client can show.
  package var description: String {
    let items = count == 1 ? "1 item is missing" : "\(count) items are missing"
    return "\(items): failed to \(reason)"
  }

  /// The loss that a client is told of.
  package var loss: DataLoss {
    DataLoss(kind: .items, message: "the answer is not whole, \(self)")
  }
}
