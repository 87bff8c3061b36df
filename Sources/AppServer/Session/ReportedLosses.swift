import Library
import Platform
import Synchronization

/// The kinds of loss of each thread that were reported to the client. Each kind is reported once.
final class ReportedLosses: Sendable {
  private let told = Mutex<[UUID: Set<DataLoss.Kind>]>([:])

  /// Records that a loss is reported now.
  ///
  /// - Returns: False if this kind of loss was reported before.
  func note(_ loss: DataLoss, of thread: UUID) -> Bool {
    told.withLock { $0[thread, default: []].insert(loss.kind).inserted }
  }
}
