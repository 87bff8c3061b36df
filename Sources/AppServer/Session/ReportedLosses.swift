import Library
import Platform
import Synchronization

/// The losses that were reported to the client: each kind of loss of a thread once, and each part of
/// the home once.
final class ReportedLosses: Sendable {
  private let told = Mutex<[UUID: Set<DataLoss.Kind>]>([:])
  private let toldPaths = Mutex<Set<String>>([])

  /// Records that a loss is reported now.
  ///
  /// - Returns: False if this kind of loss was reported before.
  func note(_ loss: DataLoss, of thread: UUID) -> Bool {
    told.withLock { $0[thread, default: []].insert(loss.kind).inserted }
  }

  /// Records that the loss of a part of the home is reported now.
  ///
  /// - Returns: False if it was reported before.
  func note(_ loss: HomeLoss) -> Bool {
    toldPaths.withLock { $0.insert(loss.path).inserted }
  }
}
