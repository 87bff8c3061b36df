package import Platform

/// The items that an answer lacks, or shows only in part, because their records could not be read
/// any more while the answer was written (PROTOCOL.md 2).
package struct MissingItems: Equatable, Sendable, CustomStringConvertible {
  /// The number of the items.
  package private(set) var count: Int
  /// Why the first of them could not be read.
  package let reason: SystemError

  /// Notes that one item is missing.
  package init(_ reason: SystemError) {
    count = 1
    self.reason = reason
  }

  /// What two parts of an answer lack; nil if neither lacks anything.
  package init?(_ one: MissingItems?, and other: MissingItems?) {
    guard let first = one ?? other else { return nil }
    count = (one?.count ?? 0) + (other?.count ?? 0)
    reason = first.reason
  }

  /// Notes that one more item is missing.
  package mutating func add() { count += 1 }

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
