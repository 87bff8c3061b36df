import History
import JSON
import JSONRPC
import Rollouts
import System

/// Something of a stored thread that its client does not get.
struct ThreadLoss: Sendable {
  enum Kind: Sendable {
    /// Records that could not be used.
    case records
    /// A part of the history that is in another file.
    case base
    /// The newest file of a thread that was reverted.
    case segment
    /// Everything but what the name of its file says.
    case file
    /// The rest of an answer that had begun.
    case answer
  }

  let kind: Kind
  /// What is lost and where, for people.
  let message: String
}

extension OpenedThread {
  /// What the thread has lost, as far as it was looked at.
  var losses: [ThreadLoss] {
    var losses = chain.problems.map { problem in
      ThreadLoss(kind: .base, message: "a part of the thread's history is missing: \(problem)")
    }
    if let path = place.unusable {
      losses.append(
        ThreadLoss(
          kind: .segment,
          message: "the newest file of the thread holds nothing that can be used, the thread is "
            + "shown as it was before: \(path)"))
    }
    if let records = lostRecords { losses.append(records) }
    return losses
  }

  private var lostRecords: ThreadLoss? {
    guard let first = stored.plan.damage.first else { return nil }
    let path = chain.links[first.file].file.path
    let place = "at byte \(first.offset) of \(path)"
    // Where only parts of the files were read, a damaged record may have been met twice, and others
    // not at all: what is known is how many different ones there are at least.
    let count =
      stored.plan.isWhole
      ? stored.plan.damageCount : Set(stored.plan.damage.map { [$0.file, $0.offset] }).count
    let atLeast = stored.plan.isWhole ? "" : "at least "
    let message =
      count == 1
      ? "\(atLeast)1 record could not be used and was passed over, \(place)"
      : "\(atLeast)\(count) records could not be used and were passed over, the first \(place)"
    return ThreadLoss(kind: .records, message: message)
  }
}

extension Server {
  /// Tells the client what a thread has lost, and each kind of loss of a thread only once.
  func tell(_ losses: [ThreadLoss], of thread: UUID) {
    for loss in losses where toldLosses[thread, default: []].insert(loss.kind).inserted {
      outbox.notify(
        ThreadWarning.method, ThreadWarning(message: loss.message, threadID: thread.description))
    }
  }

  /// Tells why a thread is listed by its name alone, if it is.
  func tellLoss(of row: ThreadRow) {
    guard let loss = row.loss else { return }
    let message = "the thread cannot be read: \(loss)"
    if toldLosses[row.id]?.contains(.file) != true { log.warn("thread \(row.id): \(loss)") }
    tell([ThreadLoss(kind: .file, message: message)], of: row.id)
  }

  /// Tells what was lost while an answer was on its way.
  func tellLateLosses() {
    for (thread, loss) in lateLosses.take() { tell([loss], of: thread) }
  }
}

/// What is lost while an answer is being written, until it can be told behind it. Used by the
/// thread of the server's loop alone.
final class LateLosses {
  private var losses: [(thread: UUID, loss: ThreadLoss)] = []

  /// Notes that the rest of an answer cannot be read.
  func note(_ error: SystemError, in thread: UUID) {
    let message = "the answer ends too early: \(RPCError.unreadable(error).message)"
    losses.append((thread, ThreadLoss(kind: .answer, message: message)))
  }

  func take() -> [(thread: UUID, loss: ThreadLoss)] {
    defer { losses = [] }
    return losses
  }
}

/// The notification `warning` about a thread.
struct ThreadWarning: WireObject {
  static let method = "warning"

  var message = ""
  var threadID = ""

  mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("message", &message)
    try field("threadId", &threadID)
  }
}
