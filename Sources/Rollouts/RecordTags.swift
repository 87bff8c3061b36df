import JSON

/// The kind of a record, told by the first bytes of its line.
///
/// Most lines of a rollout are of no use to an answer, and most of their bytes stand behind the two
/// tags. So the tags are looked for first; a line whose tags are not where every known writer puts
/// them gives nil and is parsed instead (HISTORY.md 7: fast for the usual order, right for any).
struct RecordTags {
  let kind: RecordKind
  /// From the payload's `{` to the end of the line; empty for kinds that are told without it.
  let payload: UnsafeBufferPointer<UInt8>

  init?(_ line: UnsafeBufferPointer<UInt8>) {
    var scanner = TagScanner(line)
    guard scanner.skip(UInt8(ascii: "{")) else { return nil }
    var type: UnsafeBufferPointer<UInt8>?
    while let name = scanner.string(), scanner.skip(UInt8(ascii: ":")) {
      if name.equals("payload") {
        guard let type else { return nil }
        guard RecordKind.needsPayloadType(type) else {
          kind = RecordKind(type: type, payloadType: nil)
          payload = UnsafeBufferPointer(rebasing: line[line.count...])
          return
        }
        payload = scanner.rest
        guard let payloadType = scanner.leadingType() else { return nil }
        kind = RecordKind(type: type, payloadType: payloadType)
        return
      }
      if name.equals("type") {
        guard let value = scanner.string() else { return nil }
        type = value
      } else {
        guard scanner.skipScalar() else { return nil }
      }
      guard scanner.skip(UInt8(ascii: ",")) else { return nil }
    }
    return nil
  }
}

private struct TagScanner {
  private let text: UnsafeBufferPointer<UInt8>
  private var position = 0

  init(_ text: UnsafeBufferPointer<UInt8>) { self.text = text }

  /// What was not looked at yet.
  var rest: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: text[position...]) }

  @inline(__always)
  mutating func skip(_ token: UInt8) -> Bool {
    skipWhitespace()
    guard position < text.count, text[position] == token else { return false }
    position += 1
    return true
  }

  /// A short string without escapes; nil for anything else.
  @inline(__always)
  mutating func string() -> UnsafeBufferPointer<UInt8>? {
    guard skip(UInt8(ascii: "\"")) else { return nil }
    let start = position
    let limit = min(text.count, start + 64)
    while position < limit, text[position] != UInt8(ascii: "\"") {
      if text[position] == UInt8(ascii: "\\") { return nil }
      position += 1
    }
    guard position < limit else { return nil }
    defer { position += 1 }
    return UnsafeBufferPointer(rebasing: text[start..<position])
  }

  /// Skips a string or a number.
  @inline(__always)
  mutating func skipScalar() -> Bool {
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

  /// The `type` of an object whose first member that is.
  @inline(__always)
  mutating func leadingType() -> UnsafeBufferPointer<UInt8>? {
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
