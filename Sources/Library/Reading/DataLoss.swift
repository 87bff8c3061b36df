import History
package import Platform
import Rollouts

/// A part of a stored thread that a client does not get, because it is damaged, missing or
/// unreadable.
package struct DataLoss: Sendable {
  /// What is lost.
  package enum Kind: Sendable {
    /// Records that could not be parsed.
    case records
    /// A part of the history in another file, which is missing.
    case base
    /// The newest segment of a reverted thread.
    case segment
    /// Perhaps records, in whose place there are NULs.
    case padding
    /// The certainty that each record has a number of its own.
    case ordinals
    /// A second file of the thread.
    case copy
    /// Everything except what the name of the thread's file says.
    case file
    /// Items of an answer that was being written.
    case items
    /// What a thread says after a change that is stored.
    case change
  }

  /// What is lost.
  package let kind: Kind
  /// A description of the loss for people.
  package let message: String

  /// The loss of what a thread says after a change, because it cannot be read again.
  package static func change(_ error: LibraryError) -> DataLoss {
    DataLoss(
      kind: .change, message: "the change is stored, but the thread cannot be read again: \(error)")
  }
}

extension ThreadSnapshot {
  /// The losses that were found while the thread was read.
  package var losses: [DataLoss] {
    var losses = chain.problems.map { problem in
      DataLoss(kind: .base, message: "a part of the thread's history is missing: \(problem)")
    }
    if let path = location.unusablePath {
      losses.append(
        DataLoss(
          kind: .segment,
          message: "the newest file of the thread holds nothing that can be used, the thread is "
            + "shown as it was before: \(path)"))
    }
    if let copy = location.copyPath {
      losses.append(
        DataLoss(
          kind: .copy,
          message: "two files hold the thread, \(location.path) is shown and \(copy) is not"))
    }
    if let records = lostRecords { losses.append(records) }
    return losses + history.plan.oddities.map(loss)
  }

  private func loss(_ oddity: Oddity) -> DataLoss {
    let place = "at byte \(oddity.offset) of \(chain.links[oddity.file].file.path)"
    return switch oddity.kind {
    case .padding:
      DataLoss(
        kind: .padding,
        message: "there are NULs beside records, where others may have been lost, first \(place)")
    case .ordinal:
      DataLoss(
        kind: .ordinals,
        message:
          "ordinals are doubled or not ascending, the order of the file counts, first \(place)")
    }
  }

  private var lostRecords: DataLoss? {
    guard let first = history.plan.damage.first else { return nil }
    let path = chain.links[first.file].file.path
    let place = "at byte \(first.offset) of \(path)"
    // If only parts of the files were read, a damaged record may have been counted twice, and
    // others not at all. Only the number of different records that were found is certain.
    let count =
      history.plan.isWhole
      ? history.plan.damageCount : Set(history.plan.damage.map { [$0.file, $0.offset] }).count
    let atLeast = history.plan.isWhole ? "" : "at least "
    let message =
      count == 1
      ? "\(atLeast)1 record could not be used and was passed over, \(place)"
      : "\(atLeast)\(count) records could not be used and were passed over, the first \(place)"
    return DataLoss(kind: .records, message: message)
  }
}

/// A thread whose file cannot be read, so that it is listed or found by its name alone.
package struct UnreadThread: Sendable {
  /// The id of the thread.
  package let id: UUID
  /// Why the file cannot be read.
  package let reason: String

  /// The loss that a client is told of.
  package var loss: DataLoss {
    DataLoss(kind: .file, message: "the thread cannot be read: \(reason)")
  }
}

extension ThreadOverview {
  /// The thread as one whose file cannot be read; nil if it was read.
  package var unread: UnreadThread? { unreadable.map { UnreadThread(id: id, reason: $0) } }
}
