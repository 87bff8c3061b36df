/// A type with a JSON form: one declaration serves decoding, encoding and the schema.
public protocol WireValue: Sendable {
  /// Decodes a value.
  ///
  /// - Throws: What is wrong, in the original server's words (PROTOCOL.md 3).
  init(json: JSONValue) throws(JSONError)

  /// Appends the JSON of the value.
  func write(to out: inout JSONWriter)

  /// The JSON Schema of the type; schemas of named types are added to `schemas`.
  static func schema(_ schemas: inout SchemaBuilder) -> Schema

  /// The value of a missing field; nil where the field is required.
  static var whenMissing: Self? { get }

  /// Whether `FieldRule.omittedWhenAbsent` omits a field with this value.
  var isAbsent: Bool { get }
}

extension WireValue {
  @inlinable public static var whenMissing: Self? { nil }
  @inlinable public var isAbsent: Bool { false }
}

extension String: WireValue {
  @inlinable public init(json: JSONValue) throws(JSONError) { self = try json.string() }
  @inlinable public func write(to out: inout JSONWriter) { out.string(self) }
  public static func schema(_: inout SchemaBuilder) -> Schema { .type("string") }
}

extension Bool: WireValue {
  @inlinable public init(json: JSONValue) throws(JSONError) { self = try json.boolean() }
  @inlinable public func write(to out: inout JSONWriter) { out.bool(self) }
  public static func schema(_: inout SchemaBuilder) -> Schema { .type("boolean") }
}

extension Int64: WireValue {
  @inlinable public init(json: JSONValue) throws(JSONError) {
    self = try json.integer(Int64.self, named: "i64")
  }
  @inlinable public func write(to out: inout JSONWriter) { out.integer(self) }
  public static func schema(_: inout SchemaBuilder) -> Schema { .integer(format: "int64") }
}

extension Int32: WireValue {
  @inlinable public init(json: JSONValue) throws(JSONError) {
    self = try json.integer(Int32.self, named: "i32")
  }
  @inlinable public func write(to out: inout JSONWriter) { out.integer(self) }
  public static func schema(_: inout SchemaBuilder) -> Schema { .integer(format: "int32") }
}

extension UInt16: WireValue {
  @inlinable public init(json: JSONValue) throws(JSONError) {
    self = try json.integer(UInt16.self, named: "u16")
  }
  @inlinable public func write(to out: inout JSONWriter) { out.integer(self) }
  public static func schema(_: inout SchemaBuilder) -> Schema { .integer(format: "uint16") }
}

extension UInt32: WireValue {
  @inlinable public init(json: JSONValue) throws(JSONError) {
    self = try json.integer(UInt32.self, named: "u32")
  }
  @inlinable public func write(to out: inout JSONWriter) { out.integer(self) }
  public static func schema(_: inout SchemaBuilder) -> Schema { .integer(format: "uint32") }
}

extension UInt64: WireValue {
  @inlinable public init(json: JSONValue) throws(JSONError) {
    self = try json.integer(UInt64.self, named: "u64")
  }
  @inlinable public func write(to out: inout JSONWriter) { out.integer(self) }
  public static func schema(_: inout SchemaBuilder) -> Schema { .integer(format: "uint64") }
}

/// Missing values and null decode to nil; nil is written as null, as in the original.
extension Optional: WireValue where Wrapped: WireValue {
  @inlinable public init(json: JSONValue) throws(JSONError) {
    self = json.isNull ? nil : try Wrapped(json: json)
  }

  @inlinable public func write(to out: inout JSONWriter) {
    if let self { self.write(to: &out) } else { out.null() }
  }

  public static func schema(_ schemas: inout SchemaBuilder) -> Schema {
    .nullable(Wrapped.schema(&schemas))
  }

  @inlinable public static var whenMissing: Wrapped?? { .some(nil) }
  @inlinable public var isAbsent: Bool { self == nil }
}

extension Array: WireValue where Element: WireValue {
  @inlinable public init(json: JSONValue) throws(JSONError) {
    guard json.kind == .array else { throw .invalidType(json, expected: "a sequence") }
    self = []
    try json.forEachElement { (element) throws(JSONError) in append(try Element(json: element)) }
  }

  @inlinable public func write(to out: inout JSONWriter) {
    out.byte(UInt8(ascii: "["))
    for index in indices {
      if index > 0 { out.byte(UInt8(ascii: ",")) }
      self[index].write(to: &out)
    }
    out.byte(UInt8(ascii: "]"))
  }

  public static func schema(_ schemas: inout SchemaBuilder) -> Schema {
    .array(Element.schema(&schemas))
  }
}

/// A member that distinguishes "not given" from "given as null".
public enum Patch<Wrapped: WireValue>: WireValue {
  case absent
  case null
  case value(Wrapped)

  @inlinable public init(json: JSONValue) throws(JSONError) {
    self = json.isNull ? .null : .value(try Wrapped(json: json))
  }

  @inlinable public func write(to out: inout JSONWriter) {
    if case .value(let value) = self { value.write(to: &out) } else { out.null() }
  }

  public static func schema(_ schemas: inout SchemaBuilder) -> Schema {
    .nullable(Wrapped.schema(&schemas))
  }

  @inlinable public static var whenMissing: Patch? { .absent }
  @inlinable public var isAbsent: Bool { if case .absent = self { true } else { false } }
}

extension Patch: Equatable where Wrapped: Equatable {}

/// An object with members of any name, in their order; of several with one name the last one
/// counts.
public struct WireMap<Value: WireValue>: WireValue {
  /// The members in their order.
  public var members: [(name: String, value: Value)]

  /// Creates an object from its members.
  public init(_ members: [(name: String, value: Value)] = []) { self.members = members }

  @inlinable public init(json: JSONValue) throws(JSONError) {
    guard json.kind == .object else { throw .invalidType(json, expected: "a map") }
    members = []
    try json.forEachMember { (name, value) throws(JSONError) in
      members.append((try name.string(), try Value(json: value)))
    }
  }

  /// The member with this name; nil where there is none.
  public subscript(name: String) -> Value? { members.last { $0.name == name }?.value }

  @inlinable public func write(to out: inout JSONWriter) {
    out.byte(UInt8(ascii: "{"))
    var isFirst = true
    for (name, value) in members {
      out.key(name, isFirst: &isFirst)
      value.write(to: &out)
    }
    out.byte(UInt8(ascii: "}"))
  }

  public static func schema(_ schemas: inout SchemaBuilder) -> Schema {
    .map(Value.schema(&schemas))
  }
}

extension WireMap: Equatable where Value: Equatable {
  public static func == (one: WireMap, other: WireMap) -> Bool {
    one.members.elementsEqual(other.members) { $0.name == $1.name && $0.value == $1.value }
  }
}
