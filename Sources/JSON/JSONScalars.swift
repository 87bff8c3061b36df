import LibC

// Reading a value as what it should be: nil where it is something else. The declarations of wire
// types turn nil into an error that names what was found; readers of records take it as absent.
extension JSONValue {
  /// The string, with U+FFFD for what is no Unicode; nil where this is no string.
  public var asString: String? {
    guard kind == .string else { return nil }
    if isPlain { return String(decoding: text, as: UTF8.self) }
    return String(decoding: unescapedBytes(), as: UTF8.self)
  }

  /// The string of a member; nil where that is missing, null or something else.
  public func string(_ key: StaticString) -> String? { self[key]?.asString }

  /// The strings in the array of a member, without its other elements; nil where that is no array.
  public func strings(_ key: StaticString) -> [String]? {
    self[key].flatMap { $0.kind == .array ? $0.elements.compactMap(\.asString) : nil }
  }

  /// The boolean, or nil.
  public var asBool: Bool? {
    switch kind {
    case .true: true
    case .false: false
    default: nil
    }
  }

  /// Whether this is a number without a fraction and an exponent.
  public var isInteger: Bool {
    kind == .number
      && !text.contains { $0 == UInt8(ascii: ".") || $0 | 0x20 == UInt8(ascii: "e") }
  }

  /// The integer if this is one that fits; nil otherwise, `1.0` included.
  public var asInteger: Int64? { integer(as: Int64.self) }

  /// The same for any type of integer.
  public func integer<T: FixedWidthInteger>(as: T.Type) -> T? {
    guard isInteger else { return nil }
    return T(rawString)
  }

  /// The number rounded toward zero, whether it is written as an integer or not; nil where it does
  /// not fit or is no number.
  public var asWholeNumber: Int64? {
    if let integer = asInteger { return integer }
    guard let double = asDouble else { return nil }
    return Int64(exactly: double.rounded(.towardZero))
  }

  /// The number as a double, or nil; never infinite.
  public var asDouble: Double? {
    guard kind == .number, let value = Double(rawString), value.isFinite else { return nil }
    return value
  }

  /// The bytes of this value as a string, quotes left out, escapes as they are.
  var rawString: String { String(decoding: text, as: UTF8.self) }

  /// The contents of a string without escapes. Lone surrogates come out as U+FFFD; what is no UTF-8
  /// in the source is no UTF-8 here.
  public func unescapedBytes() -> [UInt8] {
    isPlain ? Array(text) : unescaped(text)
  }
}

/// What a text with escapes says; where that is no UTF-8 in the source, it is none here.
func unescaped(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
  // Unescaped text is never longer than its escaped form.
  [UInt8](unsafeUninitializedCapacity: text.count) { buffer, count in
    guard let base = text.baseAddress, let out = buffer.baseAddress else { return }
    count = unescape(base, text.count, into: out)
  }
}

/// Copies runs between backslashes in one go; returns the length of the result.
private func unescape(
  _ source: UnsafePointer<UInt8>, _ count: Int, into out: UnsafeMutablePointer<UInt8>
) -> Int {
  var position = 0
  var length = 0
  while position < count {
    var run = count - position
    if let found = memchr(source + position, Int32(UInt8(ascii: "\\")), run) {
      run = UnsafeRawPointer(found) - UnsafeRawPointer(source + position)
    }
    memcpy(out + length, source + position, run)
    position += run
    length += run
    guard position + 1 < count else { break }
    let escape = source[position + 1]
    if escape == UInt8(ascii: "u") {
      let (scalar, consumed) = escapedScalar(source + position, count - position)
      for unit in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
        out[length] = unit
        length += 1
      }
      position += consumed
    } else {
      out[length] = character(ofEscape: escape)
      length += 1
      position += 2
    }
  }
  return length
}

@inline(__always)
private func character(ofEscape escape: UInt8) -> UInt8 {
  switch escape {
  case UInt8(ascii: "n"): 0x0A
  case UInt8(ascii: "t"): 0x09
  case UInt8(ascii: "r"): 0x0D
  case UInt8(ascii: "b"): 0x08
  case UInt8(ascii: "f"): 0x0C
  default: escape
  }
}

/// Reads `\uXXXX`, or two of them that are a surrogate pair. A lone surrogate gives U+FFFD.
func escapedScalar(
  _ source: UnsafePointer<UInt8>, _ available: Int
) -> (scalar: Unicode.Scalar, consumed: Int) {
  guard let unit = hexUnit(source + 2, available - 2) else {
    return ("\u{FFFD}", min(6, available))
  }
  if let scalar = Unicode.Scalar(unit) { return (scalar, 6) }
  guard unit < 0xDC00, available >= 12, source[6] == UInt8(ascii: "\\"),
    source[7] == UInt8(ascii: "u"), let low = hexUnit(source + 8, available - 8),
    low & 0xFC00 == 0xDC00
  else { return ("\u{FFFD}", 6) }
  let value = 0x10000 + (UInt32(unit & 0x3FF) << 10) + UInt32(low & 0x3FF)
  return (Unicode.Scalar(value) ?? "\u{FFFD}", 12)
}

// The throwing forms, for declarations of wire types.
extension JSONValue {
  /// - Throws: What was found in place of a string.
  public func string() throws(JSONError) -> String {
    guard let value = asString else { throw .invalidType(self, expected: "a string") }
    return value
  }

  /// - Throws: What was found in place of a boolean.
  public func boolean() throws(JSONError) -> Bool {
    guard let value = asBool else { throw .invalidType(self, expected: "a boolean") }
    return value
  }

  /// - Parameter name: What the type is called in an error, such as `u32`.
  public func integer<T: FixedWidthInteger>(
    _ type: T.Type, named name: String
  ) throws(JSONError) -> T {
    if let value = integer(as: type) { return value }
    guard isInteger else { throw .invalidType(self, expected: name) }
    throw JSONError("invalid value: integer `\(rawString)`, expected \(name)")
  }
}
