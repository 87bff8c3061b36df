import JSONRPC
import Synchronization

/// The turns of a small thread as they went out, kept together with its plan: to make its items takes
/// longer than all else about an answer.
final class WrittenTurns: Sendable {
  /// How long a text is kept, in bytes.
  static let limit = ResponseStream.limit

  private let known = Mutex<[UInt8]?>(nil)

  /// The text that is known, else what `make` makes.
  func text(madeBy make: () -> [UInt8]?) -> [UInt8]? {
    if let text = known.withLock({ $0 }) { return text }
    let text = make()
    if let text, text.count <= Self.limit { known.withLock { $0 = text } }
    return text
  }
}
