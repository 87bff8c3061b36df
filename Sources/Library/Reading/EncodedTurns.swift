import Synchronization

/// The turns of a small thread as JSON, kept with the thread's plan, because making the items takes
/// most of the time of an answer.
package final class EncodedTurns: Sendable {
  /// The greatest size of a text that is kept, in bytes.
  static let limit = 64 * 1024

  private let known = Mutex<[UInt8]?>(nil)

  /// The text that is kept, else the text that `make` returns; nil if that is nil.
  package func text(madeBy make: () -> [UInt8]?) -> [UInt8]? {
    if let text = known.withLock({ $0 }) { return text }
    let text = make()
    if let text, text.count <= Self.limit { known.withLock { $0 = text } }
    return text
  }
}
