package import JSON
import Synchronization

/// Sends messages to the client, each as a whole, in the order of the calls.
///
/// Messages can be sent from any thread. While a long message is sent piece by piece, other
/// messages wait in memory and follow it. If too many wait, the thread that sends another one waits
/// too.
///
/// A message of up to `ResponseStream.limit` bytes is passed to `send` in one call, because some
/// clients lose lines that arrive together.
package final class Outbox: Sendable {
  /// The number of bytes that may wait for a long message to end, not counting the last waiting
  /// message.
  private static let waitingLimit = 1 << 20

  /// Locked by the thread that sends. The value is the buffer that messages are written to.
  private let wire: Mutex<JSONWriter>
  private let waiting = Mutex(WaitingMessages())
  private let send: @Sendable ([UInt8]) -> Void

  /// Creates an outbox.
  ///
  /// - Parameter send: Called with a complete message or with the next piece of a long one, by one
  ///   thread at a time. It returns when the bytes have been written.
  package init(send: @escaping @Sendable ([UInt8]) -> Void) {
    self.send = send
    wire = Mutex(JSONWriter(capacity: ResponseStream.limit))
  }

  /// A function that writes a message without its line end.
  package typealias MessageWriter = (inout JSONWriter) -> Void

  /// Sends a message, or leaves it to the thread that is sending a long message.
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

  /// Sends a message that need not fit into memory. No other message is sent before it has ended.
  ///
  /// - Parameters:
  ///   - more: Messages that follow with nothing else between them.
  ///   - waiting: Whether the call waits for the end of another long message. If not, the message is
  ///     written into memory then, and follows that message.
  ///   - write: Writes the message without its line end.
  package func longMessage(
    followedBy more: [MessageWriter] = [], waiting: Bool = true,
    _ write: (inout ResponseStream) -> Void
  ) {
    let isSent = wire.withLockIfAvailable { out in
      stream(write, followedBy: more, &out)
      return true
    }
    if isSent == nil {
      if waiting {
        wire.withLock { out in stream(write, followedBy: more, &out) }
      } else {
        enqueue([text(ofLong: write)] + more.map { text(of: $0) })
      }
    }
    flush()
  }

  private func stream(
    _ write: (inout ResponseStream) -> Void, followedBy more: [MessageWriter],
    _ out: inout JSONWriter
  ) {
    sendWaiting()
    var stream = ResponseStream(json: out, pause: ResponseStream.Pause(send: send))
    out = JSONWriter(capacity: 0)  // Leaves the buffer uniquely owned by `stream`.
    write(&stream)
    out = stream.json
    finish(&out)
    for write in more { send(write, &out) }
    sendWaiting()
  }

  private func text(ofLong write: (inout ResponseStream) -> Void) -> [UInt8] {
    var text: [UInt8] = []
    var stream = ResponseStream(
      json: JSONWriter(capacity: ResponseStream.limit),
      pause: ResponseStream.Pause { text += $0 })
    write(&stream)
    stream.json.byte(lineEnd)
    return text + stream.json.bytes
  }

  private func text(of write: MessageWriter) -> [UInt8] {
    var out = JSONWriter(capacity: 256)
    write(&out)
    out.byte(lineEnd)
    return out.bytes
  }

  /// Leaves messages to the thread that is sending, or sends them after it if too many wait.
  private func enqueue(_ messages: [[UInt8]]) {
    let hasRoom = waiting.withLock { waiting in
      guard waiting.size <= Self.waitingLimit else { return false }
      for message in messages { waiting.append(message) }
      return true
    }
    if hasRoom { return }
    wire.withLock { _ in
      sendWaiting()
      for message in messages { send(message) }
    }
  }

  /// Sends messages that were left to another thread after it had checked for waiting messages for
  /// the last time.
  private func flush() {
    while waiting.withLock({ !$0.isEmpty }) {
      guard wire.withLockIfAvailable({ _ in sendWaiting() }) != nil else { return }
    }
  }

  /// Sends the waiting messages. The caller must have locked `wire`.
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

/// Complete messages that wait for a long one to end.
private struct WaitingMessages {
  private var messages: [[UInt8]] = []
  private var start = 0
  /// The number of waiting bytes.
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

/// A long message that is being sent to the client.
///
/// Write to `json`, and call `pause` regularly, for example after each item. Memory then holds 64
/// KiB and one item at most.
package struct ResponseStream {
  /// The writer for the message.
  package var json: JSONWriter
  /// Sends the bytes that were written so far, if they are many.
  package let pause: Pause

  /// The size in bytes up to which a message is sent in one piece (PROTOCOL.md 1).
  package static let limit = 64 * 1024

  /// Sends the bytes of a writer if they are more than `limit`.
  package struct Pause {
    fileprivate let send: ([UInt8]) -> Void

    /// Sends the bytes of a writer if they are more than `limit`.
    package func callAsFunction(_ json: inout JSONWriter) {
      guard json.bytes.count > ResponseStream.limit else { return }
      send(json.bytes)
      json.reuse()
    }

    /// Appends JSON text to the writer. If both together are more than `limit` bytes, they are
    /// sent, one after the other.
    package func callAsFunction(_ json: inout JSONWriter, before bytes: [UInt8]) {
      guard json.bytes.count + bytes.count > ResponseStream.limit else { return json.raw(bytes) }
      if !json.bytes.isEmpty { send(json.bytes) }
      json.reuse()
      send(bytes)
    }
  }
}

extension JSONWriter {
  /// Empties the buffer, and releases it if a long message made it large.
  fileprivate mutating func reuse() {
    bytes.removeAll(keepingCapacity: bytes.capacity <= 4 * ResponseStream.limit)
  }
}
