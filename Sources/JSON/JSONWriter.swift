/// Appends JSON text to a buffer.
///
/// The text is safe for every reader of lines: control characters and the characters at which some
/// languages split lines (U+0085, U+2028, U+2029), and U+007F, are escaped (PROTOCOL.md 1).
@frozen public struct JSONWriter {
  /// The text so far.
  public var bytes: [UInt8]

  /// Creates an empty writer.
  ///
  /// - Parameter capacity: The number of bytes that room is made for.
  @inlinable public init(capacity: Int = 256) {
    bytes = []
    if capacity < JSONWriter.largeSize {
      bytes.reserveCapacity(capacity)
    } else {
      bytes.reserveCapacityToFill(capacity)
    }
  }

  /// The size from which on large pages are requested, in bytes.
  @usableFromInline static let largeSize = 4 << 20

  /// Appends a byte of JSON.
  @inlinable public mutating func byte(_ byte: UInt8) { bytes.append(byte) }

  /// Appends a text of JSON.
  @inlinable public mutating func literal(_ text: StaticString) {
    bytes.append(
      contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// Appends bytes of JSON.
  @inlinable public mutating func raw(_ text: some Collection<UInt8>) {
    if text.count >= JSONWriter.largeSize {
      bytes.reserveCapacityToFill(bytes.count + text.count)
    }
    bytes.append(contentsOf: text)
  }

  /// Appends `true` or `false`.
  @inlinable public mutating func bool(_ value: Bool) { literal(value ? "true" : "false") }

  /// Appends `null`.
  @inlinable public mutating func null() { literal("null") }

  /// Appends an integer.
  public mutating func integer(_ value: some FixedWidthInteger) {
    if value >= 0, value < 10 { return byte(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: value)) }
    bytes.append(contentsOf: String(value).utf8)
  }

  /// Appends a number; infinities and NaN become null.
  public mutating func double(_ value: Double) {
    guard value.isFinite else { return null() }
    bytes.append(contentsOf: value.description.utf8)
  }

  /// Appends a string with its quotes.
  public mutating func string(_ text: String) {
    var text = text
    byte(UInt8(ascii: "\""))
    text.withUTF8 { contents($0, areEscaped: false) }
    byte(UInt8(ascii: "\""))
  }

  /// Appends the name of a member, with a comma before it unless it is the first.
  ///
  /// Names are appended most often, so room for all parts of one is reserved at once.
  public mutating func key(_ name: StaticString, isFirst: inout Bool) {
    let name = UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
    bytes.append(addingCapacity: name.count + 4) { out in
      if isFirst { isFirst = false } else { out.append(UInt8(ascii: ",")) }
      out.append(UInt8(ascii: "\""))
      out.withUnsafeMutableBufferPointer { room, count in
        let rest = UnsafeMutableBufferPointer(rebasing: room[count...])
        count += rest.initialize(fromContentsOf: name)
      }
      out.append(UInt8(ascii: "\""))
      out.append(UInt8(ascii: ":"))
    }
  }

  /// Appends the name of a member that is not known at compile time.
  public mutating func key(_ name: String, isFirst: inout Bool) {
    if isFirst { isFirst = false } else { byte(UInt8(ascii: ",")) }
    string(name)
    byte(UInt8(ascii: ":"))
  }

  /// Appends a parsed value in compact form, with its numbers and escapes unchanged.
  public mutating func value(_ value: JSONValue) {
    switch value.kind {
    case .string:
      byte(UInt8(ascii: "\""))
      contents(of: value)
      byte(UInt8(ascii: "\""))
    case .array:
      byte(UInt8(ascii: "["))
      var isFirst = true
      value.forEachElement { element in
        if isFirst { isFirst = false } else { byte(UInt8(ascii: ",")) }
        self.value(element)
      }
      byte(UInt8(ascii: "]"))
    case .object:
      byte(UInt8(ascii: "{"))
      var isFirst = true
      value.forEachMember { name, member in
        if isFirst { isFirst = false } else { byte(UInt8(ascii: ",")) }
        self.value(name)
        byte(UInt8(ascii: ":"))
        self.value(member)
      }
      byte(UInt8(ascii: "}"))
    default:
      raw(value.text)
    }
  }
}
