package import JSON

/// What the server says, in the order in which it says it.
///
/// Each message is handed over as soon as it is complete: some clients lose lines that arrive
/// together. Only the thread of the server's loop may use it.
package struct Outbox {
  /// The names of the notifications that this client does not want.
  package var optedOut: Set<String> = []

  private var out = JSONWriter(capacity: ResponseStream.limit)
  private let send: ([UInt8]) -> Void
  private let now: () -> Int64

  /// - Parameters:
  ///   - now: The clock, in milliseconds since 1970.
  ///   - send: Called with a whole message, or with the next part of a long one. Returns when it has
  ///     gone out: nothing is done, and no input read, while a client does not read.
  package init(now: @escaping () -> Int64, send: @escaping ([UInt8]) -> Void) {
    self.now = now
    self.send = send
  }

  /// Answers with a result.
  package mutating func reply(to id: RequestID, _ result: some WireValue) {
    openReply(to: id)
    result.write(to: &out)
    finish()
  }

  /// Answers with a result that need not fit into memory.
  ///
  /// - Parameter write: Writes one JSON value. It has no way to fail: what can fail is checked
  ///   before the first byte, so that the client never gets half an answer.
  package mutating func reply(to id: RequestID, streaming write: (inout ResponseStream) -> Void) {
    openReply(to: id)
    var stream = ResponseStream(json: out, pause: ResponseStream.Pause(send: send))
    out = JSONWriter(capacity: 0)  // Leaves the buffer uniquely owned by `stream`.
    write(&stream)
    out = stream.json
    finish()
  }

  /// Answers with an error.
  package mutating func fail(_ id: RequestID, _ error: RPCError) {
    out.literal("{\"error\":")
    error.write(to: &out)
    out.literal(",\"id\":")
    id.write(to: &out)
    finish()
  }

  /// Tells the client something that it did not ask for, unless it opted out of that.
  package mutating func notify(_ method: String, _ params: some WireValue) {
    guard !optedOut.contains(method) else { return }
    out.literal("{\"method\":")
    out.string(method)
    out.literal(",\"params\":")
    params.write(to: &out)
    out.literal(",\"emittedAtMs\":")
    out.integer(now())
    finish()
  }

  private mutating func openReply(to id: RequestID) {
    out.literal("{\"id\":")
    id.write(to: &out)
    out.literal(",\"result\":")
  }

  private mutating func finish() {
    out.literal("}\n")
    send(out.bytes)
    out.reuse()
  }
}

/// A result under way to the client.
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
