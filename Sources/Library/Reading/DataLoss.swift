import History
package import Platform
import Rollouts

/// Something of a stored thread that a client does not get.
package struct DataLoss: Sendable {
  package enum Kind: Sendable {
    /// Records that could not be used.
    case records
    /// A part of the history that is in another file.
    case base
    /// The newest file of a thread that was reverted.
    case segment
    /// Everything but what the name of the thread's file says.
    case file
    /// The rest of an answer that had begun.
    case answer
  }

  package let kind: Kind
  /// What is lost and where, for people.
  package let message: String

  /// The end of an answer, because a file could not be read any further.
  package static func restOfAnswer(_ error: SystemError) -> DataLoss {
    DataLoss(kind: .answer, message: "the answer ends too early: failed to \(error)")
  }
}

extension ThreadSnapshot {
  /// What the thread has lost, as far as it was read.
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
    if let records = lostRecords { losses.append(records) }
    return losses
  }

  private var lostRecords: DataLoss? {
    guard let first = history.plan.damage.first else { return nil }
    let path = chain.links[first.file].file.path
    let place = "at byte \(first.offset) of \(path)"
    // Where only parts of the files were read, a damaged record may have been met twice, and others
    // not at all: what is known is how many different ones there are at least.
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

extension ThreadOverview {
  /// Set where the thread is known by the name of its file alone.
  package var loss: DataLoss? {
    unreadable.map { DataLoss(kind: .file, message: "the thread cannot be read: \($0)") }
  }
}
