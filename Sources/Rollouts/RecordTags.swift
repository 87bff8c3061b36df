import JSON

/// The kind of a record, read from the first bytes of its line.
///
/// Most lines of a rollout are not needed, and most of their bytes are behind the two tags. So only
/// the tags are read first. A line whose tags are not where all known writers put them has no tags
/// and is parsed instead (HISTORY.md 7: fast for the usual order, correct for any).
struct RecordTags {
  let kind: RecordKind
  /// The line from the payload's `{` on; empty for kinds that do not depend on the payload.
  let payload: UnsafeBufferPointer<UInt8>

  init?(_ line: UnsafeBufferPointer<UInt8>) {
    var scanner = TagScanner(line)
    guard let name = scanner.usualType() ?? scanner.type() else { return nil }
    let type = RecordType(name)
    guard type == .event || type == .responseItem else {
      kind = RecordKind(type, payloadType: nil)
      payload = UnsafeBufferPointer(rebasing: line[line.count...])
      return
    }
    payload = scanner.rest
    guard let payloadType = scanner.leadingType() else { return nil }
    kind = RecordKind(type, payloadType: payloadType)
  }
}

private struct TagScanner {
  private let text: UnsafeBufferPointer<UInt8>
  private var position = 0

  init(_ text: UnsafeBufferPointer<UInt8>) { self.text = text }

  /// The rest of the text.
  var rest: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: text[position...]) }

  /// Reads the type of a record in the usual form, up to its payload; nil for other forms, of which
  /// nothing is skipped.
  ///
  ///     {"timestamp":"2026-01-01T00:00:00.000Z","type":"event_msg","payload":{"type":"user_message",
  @inline(__always)
  mutating func usualType() -> UnsafeBufferPointer<UInt8>? {
    if skip(#"{"timestamp":""#), restOfString() != nil, skip(#","type":""#),
      let type = restOfString(), skip(#","payload":"#)
    {
      return type
    }
    position = 0
    return nil
  }

  /// Reads the type of a record in any form in which it precedes the payload, up to that; nil for
  /// other forms.
  mutating func type() -> UnsafeBufferPointer<UInt8>? {
    guard skip(UInt8(ascii: "{")) else { return nil }
    var type: UnsafeBufferPointer<UInt8>?
    while let name = string(), skip(UInt8(ascii: ":")) {
      if name.equals("payload") { return type }
      if name.equals("type") {
        guard let value = string() else { return nil }
        type = value
      } else {
        guard skipScalar() else { return nil }
      }
      guard skip(UInt8(ascii: ",")) else { return nil }
    }
    return nil
  }

  @inline(__always)
  private mutating func skip(_ bytes: StaticString) -> Bool {
    let end = position + bytes.utf8CodeUnitCount
    guard end <= text.count, UnsafeBufferPointer(rebasing: text[position..<end]).equals(bytes)
    else { return false }
    position = end
    return true
  }

  @inline(__always)
  private mutating func skip(_ token: UInt8) -> Bool {
    skipWhitespace()
    guard position < text.count, text[position] == token else { return false }
    position += 1
    return true
  }

  /// Reads a short string without escapes; nil where something else is next.
  @inline(__always)
  private mutating func string() -> UnsafeBufferPointer<UInt8>? {
    skip(UInt8(ascii: "\"")) ? restOfString() : nil
  }

  /// Reads the rest of a short string without escapes, behind its first quote.
  @inline(__always)
  private mutating func restOfString() -> UnsafeBufferPointer<UInt8>? {
    let start = position
    let end = endOfPlainText(from: start)
    guard end < text.count, text[end] == UInt8(ascii: "\"") else { return nil }
    position = end + 1
    return UnsafeBufferPointer(rebasing: text[start..<end])
  }

  /// The index of the first quote or backslash, found eight bytes at a time. Where there is none
  /// within 64 bytes, the index of another byte or of the end.
  @inline(__always)
  private func endOfPlainText(from start: Int) -> Int {
    let bytes = UnsafeRawBufferPointer(text)
    let limit = min(text.count, start + 64)
    var position = start
    while position + 8 <= limit {
      let word = UInt64(
        littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
      let hits = bytesToLookAt(word)
      if hits != 0 { return position + hits.trailingZeroBitCount / 8 }
      position += 8
    }
    while position < limit, text[position] != UInt8(ascii: "\""),
      text[position] != UInt8(ascii: "\\")
    { position += 1 }
    return position
  }

  /// Skips a string or a number.
  @inline(__always)
  private mutating func skipScalar() -> Bool {
    skipWhitespace()
    guard position < text.count else { return false }
    switch text[position] {
    case UInt8(ascii: "\""): return string() != nil
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
      while position < text.count, text[position] != UInt8(ascii: ",") { position += 1 }
      return true
    default: return false
    }
  }

  /// Reads the `type` of an object if it is the first member; otherwise nil.
  @inline(__always)
  mutating func leadingType() -> UnsafeBufferPointer<UInt8>? {
    if skip(#"{"type":""#) { return restOfString() }
    guard skip(UInt8(ascii: "{")), let name = string(), name.equals("type"),
      skip(UInt8(ascii: ":"))
    else { return nil }
    return string()
  }

  @inline(__always)
  private mutating func skipWhitespace() {
    while position < text.count, text[position] == 0x20 || text[position] == 0x09 { position += 1 }
  }
}
