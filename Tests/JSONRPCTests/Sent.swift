import Synchronization

/// Everything that an outbox sent, one element for each call.
final class Sent: Sendable {
  private let all = Mutex<[String]>([])

  var parts: [String] { all.withLock { $0 } }

  func add(_ bytes: [UInt8]) {
    all.withLock { $0.append(String(decoding: bytes, as: UTF8.self)) }
  }

  func takeAll() -> [String] {
    all.withLock { parts in
      defer { parts = [] }
      return parts
    }
  }
}
