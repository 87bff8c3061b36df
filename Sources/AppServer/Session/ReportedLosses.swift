import Library
import Platform
import Synchronization

/// Which kinds of loss of each thread the client was told of: each is told once.
final class ReportedLosses: Sendable {
  private let told = Mutex<[UUID: Set<DataLoss.Kind>]>([:])

  /// Notes that a loss is told now; whether it was not before.
  func note(_ loss: DataLoss, of thread: UUID) -> Bool {
    told.withLock { $0[thread, default: []].insert(loss.kind).inserted }
  }
}
