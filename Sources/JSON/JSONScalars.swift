import LibC

// Reads a value as the type that it should have; nil where it has another one. Wire types turn nil
// into an error about the type that was found; readers of records treat the member as missing.
extension JSONValue {
  /// The string, with U+FFFD for invalid Unicode; nil for other values.
  public var asString: String? {
    guard kind == .string else { return nil }
    if isPlain { return String(decoding: text, as: UTF8.self) }
    return String(decoding: unescapedBytes(), as: UTF8.self)
  }

  /// The string in a member; nil where the member is missing or not a string.
  public func string(_ key: StaticString) -> String? { self[key]?.asString }

  /// The strings in an array in a member, without other elements; nil where the member is not an
  /// array.
  public func strings(_ key: StaticString) -> [String]? {
    self[key].flatMap { $0.kind == .array ? $0.elements.compactMap(\.asString) : nil }
  }

  /// The boolean; nil for other values.
  public var asBool: Bool? {
    switch kind {
    case .true: true
    case .false: false
    default: nil
    }
  }

  /// Whether the value is a number without a fraction and an exponent.
  public var isInteger: Bool {
    kind == .number
      && !text.contains { $0 == UInt8(ascii: ".") || $0 | 0x20 == UInt8(ascii: "e") }
  }

  /// The integer; nil where it does not fit, and for other values, including `1.0`.
  public var asInteger: Int64? { integer(as: Int64.self) }

  /// The integer in a type; nil where it does not fit, and for other values.
  public func integer<T: FixedWidthInteger>(as: T.Type) -> T? {
    guard isInteger else { return nil }
    return T(rawString)
  }

  /// The number rounded toward zero, which need not be written as an integer; nil where it does not
  /// fit, and for other values.
  public var asWholeNumber: Int64? {
    if let integer = asInteger { return integer }
    guard let double = asDouble else { return nil }
    return Int64(exactly: double.rounded(.towardZero))
  }

  /// The number as a double, never infinite; nil for other values.
  public var asDouble: Double? {
    guard kind == .number, let value = Double(rawString), value.isFinite else { return nil }
    return value
  }

  /// The text of the value without quotes, its escapes not decoded.
  var rawString: String { String(decoding: text, as: UTF8.self) }

  /// The content of a string with its escapes decoded. Lone surrogates become U+FFFD; invalid UTF-8
  /// in the source remains invalid.
  public func unescapedBytes() -> [UInt8] {
    isPlain ? Array(text) : unescaped(text)
  }
}

/// The text with its escapes decoded; invalid UTF-8 in the source remains invalid.
func unescaped(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
  // Unescaped text is never longer than its escaped form.
  [UInt8](unsafeUninitializedCapacity: text.count) { buffer, count in
    guard let base = text.baseAddress, let out = buffer.baseAddress else { return }
    count = unescape(base, text.count, into: out)
  }
}

/// Copies the runs between backslashes at once.
///
/// - Returns: The length of the result.
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

/// Reads `\uXXXX`, or two of these that are a surrogate pair. A lone surrogate becomes U+FFFD.
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

// Throwing forms for wire types.
extension JSONValue {
  /// The string.
  ///
  /// - Throws: An error with the type that was found instead.
  public func string() throws(JSONError) -> String {
    guard let value = asString else { throw .invalidType(self, expected: "a string") }
    return value
  }

  /// The boolean.
  ///
  /// - Throws: An error with the type that was found instead.
  public func boolean() throws(JSONError) -> Bool {
    guard let value = asBool else { throw .invalidType(self, expected: "a boolean") }
    return value
  }

  /// The integer in a type.
  ///
  /// - Parameter name: The name of the type in errors, such as `u32`.
  /// - Throws: An error with the value that was found instead.
  public func integer<T: FixedWidthInteger>(
    _ type: T.Type, named name: String
  ) throws(JSONError) -> T {
    if let value = integer(as: type) { return value }
    guard isInteger else { throw .invalidType(self, expected: name) }
    throw JSONError("invalid value: integer `\(rawString.quoted)`, expected \(name)")
  }
}
