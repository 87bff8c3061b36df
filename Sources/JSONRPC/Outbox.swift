package import JSON
import Synchronization

/// Sends messages to the client, each whole, in the order in which they are handed over.
///
/// Any thread may hand over a message. While a long answer goes out piece by piece, other messages
/// wait in memory and follow right behind it; when too many wait, whoever brings one more waits too.
/// Each message of up to `ResponseStream.limit` bytes leaves in one call of `send`, because some
/// clients lose lines that arrive together.
package final class Outbox: Sendable {
  /// How many bytes wait behind a long answer at most, apart from the last message.
  private static let waitingLimit = 1 << 20

  /// Locked by the thread that sends. It holds the buffer that messages are written to.
  private let wire: Mutex<JSONWriter>
  private let waiting = Mutex(WaitingMessages())
  private let send: @Sendable ([UInt8]) -> Void

  /// - Parameter send: Called with a whole message, or with the next piece of a long one, by one
  ///   thread at a time. It returns when the bytes have gone out.
  package init(send: @escaping @Sendable ([UInt8]) -> Void) {
    self.send = send
    wire = Mutex(JSONWriter(capacity: ResponseStream.limit))
  }

  /// Writes a message without its line end.
  package typealias MessageWriter = (inout JSONWriter) -> Void

  /// Sends a message, or leaves it to the thread that sends a long one just now.
  ///
  /// - Parameter more: Messages that follow with nothing else between them.
  package func message(followedBy more: [MessageWriter] = [], _ write: MessageWriter) {
    let isSent = wire.withLockIfAvailable { out in
      sendWaiting()
      send(write, &out)
      for write in more { send(write, &out) }
      return true
    }
    if isSent == nil {
      enqueue([text(of: write)] + more.map { text(of: $0) })
    }
    flush()
  }

  /// Sends a message that need not fit into memory. No other message begins before it has ended.
  ///
  /// - Parameters:
  ///   - more: Messages that follow with nothing else between them.
  ///   - write: Writes the message without its line end.
  package func longMessage(
    followedBy more: [MessageWriter] = [], _ write: (inout ResponseStream) -> Void
  ) {
    wire.withLock { out in
      sendWaiting()
      var stream = ResponseStream(json: out, pause: ResponseStream.Pause(send: send))
      out = JSONWriter(capacity: 0)  // Leaves the buffer uniquely owned by `stream`.
      write(&stream)
      out = stream.json
      finish(&out)
      for write in more { send(write, &out) }
      sendWaiting()
    }
    flush()
  }

  private func text(of write: MessageWriter) -> [UInt8] {
    var out = JSONWriter(capacity: 256)
    write(&out)
    out.byte(lineEnd)
    return out.bytes
  }

  private func enqueue(_ messages: [[UInt8]]) {
    let hasRoom = waiting.withLock { waiting in
      for message in messages { waiting.append(message) }
      return waiting.size <= Self.waitingLimit
    }
    if !hasRoom { wire.withLock { _ in sendWaiting() } }
  }

  /// Sends what was left to a thread that had already looked for the last time.
  private func flush() {
    while waiting.withLock({ !$0.isEmpty }) {
      guard wire.withLockIfAvailable({ _ in sendWaiting() }) != nil else { return }
    }
  }

  /// To be called with the wire locked.
  private func sendWaiting() {
    while let message = waiting.withLock({ $0.removeFirst() }) { send(message) }
  }

  private func send(_ write: MessageWriter, _ out: inout JSONWriter) {
    write(&out)
    finish(&out)
  }

  private func finish(_ out: inout JSONWriter) {
    out.byte(lineEnd)
    send(out.bytes)
    out.reuse()
  }
}

private let lineEnd = UInt8(ascii: "\n")

/// Messages that are whole and wait for a longer one to end.
private struct WaitingMessages {
  private var messages: [[UInt8]] = []
  private var start = 0
  /// How many bytes wait.
  private(set) var size = 0

  var isEmpty: Bool { start == messages.count }

  mutating func append(_ message: [UInt8]) {
    messages.append(message)
    size += message.count
  }

  mutating func removeFirst() -> [UInt8]? {
    guard start < messages.count else { return nil }
    let first = messages[start]
    start += 1
    size -= first.count
    if start == messages.count {
      messages = []
      start = 0
    }
    return first
  }
}

/// A long message under way to the client.
///
/// Write to `json`, and call `pause` wherever there is a good place for it, such as between two
/// items: memory then holds no more than 64 KiB and one item.
package struct ResponseStream {
  package var json: JSONWriter
  package let pause: Pause

  /// A message up to this size, in bytes, leaves in one piece (PROTOCOL.md 1).
  package static let limit = 64 * 1024

  /// Sends what was gathered if that is more than `limit`.
  package struct Pause {
    fileprivate let send: ([UInt8]) -> Void

    package func callAsFunction(_ json: inout JSONWriter) {
      guard json.bytes.count > ResponseStream.limit else { return }
      send(json.bytes)
      json.reuse()
    }

    /// Adds text that is JSON already, or sends what was gathered and then the text if that together
    /// is more than `limit`.
    package func callAsFunction(_ json: inout JSONWriter, before bytes: [UInt8]) {
      guard json.bytes.count + bytes.count > ResponseStream.limit else { return json.raw(bytes) }
      if !json.bytes.isEmpty { send(json.bytes) }
      json.reuse()
      send(bytes)
    }
  }
}

extension JSONWriter {
  /// Forgets what was written, and gives back a buffer that a long message made large.
  fileprivate mutating func reuse() {
    bytes.removeAll(keepingCapacity: bytes.capacity <= 4 * ResponseStream.limit)
  }
}
