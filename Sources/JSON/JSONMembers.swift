import LibC

/// A reader of the members of an object that does not parse their values.
///
/// It is several times faster than parsing, since it only skips strings and counts brackets, and it
/// checks nothing. It serves to read a few members before deciding whether the rest is needed.
public struct JSONMembers {
  private let text: UnsafeBufferPointer<UInt8>
  private var position = 0

  /// Creates a reader.
  ///
  /// - Parameter object: The text of an object, perhaps behind white space; other texts have no
  ///   members.
  public init(_ object: UnsafeBufferPointer<UInt8>) {
    text = object
    skip(UInt8(ascii: "{"))
  }

  /// The text of the first member with this name; nil where there is none.
  public func first(_ name: StaticString) -> UnsafeBufferPointer<UInt8>? {
    var members = self
    while let member = members.next() {
      if member.name.equals(name) { return member.value }
    }
    return nil
  }

  /// The next member: its name without quotes, and the text of its value. Nil at the end of the
  /// object, or where the text is incomplete.
  @inline(__always)
  public mutating func next() -> (
    name: UnsafeBufferPointer<UInt8>, value: UnsafeBufferPointer<UInt8>
  )? {
    skip(UInt8(ascii: ","))
    guard position < text.count, text[position] == UInt8(ascii: "\""),
      let nameEnd = endOfString(text, from: position)
    else { return nil }
    let name = UnsafeBufferPointer(rebasing: text[(position + 1)..<(nameEnd - 1)])
    position = nameEnd
    guard skip(UInt8(ascii: ":")), let end = endOfValue(text, from: position) else { return nil }
    defer { position = end }
    return (name, UnsafeBufferPointer(rebasing: text[position..<end]))
  }

  /// Skips white space and, if it is next, `token` with the white space behind it.
  @discardableResult @inline(__always)
  private mutating func skip(_ token: UInt8) -> Bool {
    skipWhitespace()
    guard position < text.count, text[position] == token else { return false }
    position += 1
    skipWhitespace()
    return true
  }

  @inline(__always)
  private mutating func skipWhitespace() {
    while position < text.count, text[position] <= 0x20 { position += 1 }
  }
}

/// The index behind the string that begins at `start`; nil where the string does not end.
@inline(__always)
private func endOfString(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
  guard let base = text.baseAddress else { return nil }
  var position = start + 1
  while position < text.count,
    let found = memchr(base + position, Int32(UInt8(ascii: "\"")), text.count - position)
  {
    let quote = UnsafeRawPointer(found) - UnsafeRawPointer(base)
    var backslashes = 0
    while text[quote - 1 - backslashes] == UInt8(ascii: "\\") { backslashes += 1 }
    if backslashes & 1 == 0 { return quote + 1 }
    position = quote + 1
  }
  return nil
}

/// The index behind the value that begins at `start`; nil where the value is incomplete.
private func endOfValue(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
  var position = start
  var depth = 0
  while position < text.count {
    switch text[position] {
    case UInt8(ascii: "\""):
      guard let end = endOfString(text, from: position) else { return nil }
      position = end
      if depth == 0 { return position }
      continue
    case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
    case UInt8(ascii: "}"), UInt8(ascii: "]"):
      if depth == 0 { return position }
      depth -= 1
      if depth == 0 { return position + 1 }
    case UInt8(ascii: ","), 0x00...0x20:
      if depth == 0 { return position }
    default: break
    }
    position += 1
  }
  return nil
}
