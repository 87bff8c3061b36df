import Synchronization

/// The turns of a small thread in JSON, kept together with its plan: to make the items of an answer
/// takes longer than all else about it.
package final class EncodedTurns: Sendable {
  /// Longer texts are not kept, in bytes.
  static let limit = 64 * 1024

  private let known = Mutex<[UInt8]?>(nil)

  /// The text that is known, else what `make` gives; nil where that is nil.
  package func text(madeBy make: () -> [UInt8]?) -> [UInt8]? {
    if let text = known.withLock({ $0 }) { return text }
    let text = make()
    if let text, text.count <= Self.limit { known.withLock { $0 = text } }
    return text
  }
}
