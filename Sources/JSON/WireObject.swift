/// A JSON object as a struct that lists its fields once.
///
/// The list serves decoding, encoding and the schema. The initial value of a property is the
/// default of a `defaulted` field; for other fields it is a placeholder.
///
///     package struct GitInfo: WireObject {
///       package var sha: String?
///       package var branch: String?
///       package init() {}
///
///       package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
///         try field("sha", &sha)
///         try field("branch", &branch)
///       }
///     }
public protocol WireObject: WireValue {
  init()

  /// Visits each field, in the order of the wire.
  mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError)

  /// The name of the type in errors and schemas.
  static var wireName: String { get }

  /// The expected type in errors about another type.
  static var expectation: String { get }
}

/// Rules about a field.
public struct FieldRule: OptionSet, Sendable {
  public let rawValue: UInt8

  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The field keeps its initial value if it is absent; null is an error unless the type accepts
  /// it.
  public static let defaulted = FieldRule(rawValue: 1)
  /// The field is not in the first revision of the protocol.
  public static let newer = FieldRule(rawValue: 2)
  /// The field is not written if it is nil or absent.
  public static let omittedWhenAbsent = FieldRule(rawValue: 4)
  /// The field is marked `writeOnly` in the schema.
  public static let writeOnly = FieldRule(rawValue: 8)
  /// The field is marked `default: null` in the schema.
  public static let nullByDefault = FieldRule(rawValue: 16)
}

/// A visitor of the fields of an object.
public protocol FieldVisitor {
  /// Visits a field, which is required unless its type or rule makes it optional.
  mutating func visit<T: WireValue>(
    _ key: StaticString, _ value: inout T, _ rule: FieldRule
  ) throws(JSONError)
}

extension FieldVisitor {
  @inlinable @inline(__always)
  public mutating func callAsFunction<T: WireValue>(
    _ key: StaticString, _ value: inout T, _ rule: FieldRule = []
  ) throws(JSONError) {
    try visit(key, &value, rule)
  }
}

/// Decodes the fields of an object.
public struct FieldReader: FieldVisitor {
  /// The object.
  public let json: JSONValue

  /// Creates a reader of an object.
  @inlinable public init(json: JSONValue) { self.json = json }

  @inlinable public mutating func visit<T: WireValue>(
    _ key: StaticString, _ value: inout T, _ rule: FieldRule
  ) throws(JSONError) {
    if let member = json[key] {
      value = try T(json: member)
    } else if rule.contains(.defaulted) {
      return
    } else if let missing = T.whenMissing {
      value = missing
    } else {
      throw .missingField(key.description)
    }
  }
}

/// Encodes the fields of an object.
public struct FieldWriter: FieldVisitor {
  /// The writer that the members are appended to.
  public var out: JSONWriter
  /// Whether no member was written yet.
  public var isFirst: Bool

  /// Creates a writer of members.
  @inlinable public init(out: JSONWriter, isFirst: Bool) {
    self.out = out
    self.isFirst = isFirst
  }

  @inlinable public mutating func visit<T: WireValue>(
    _ key: StaticString, _ value: inout T, _ rule: FieldRule
  ) throws(JSONError) {
    if rule.contains(.omittedWhenAbsent), value.isAbsent { return }
    out.key(key, isFirst: &isFirst)
    value.write(to: &out)
  }
}

struct FieldRecorder: FieldVisitor {
  var schemas: SchemaBuilder
  var properties: [SchemaProperty] = []
  var required: [String] = []

  mutating func visit<T: WireValue>(
    _ key: StaticString, _ value: inout T, _ rule: FieldRule
  ) throws(JSONError) {
    if rule.contains(.newer), !schemas.includesNewer { return }
    properties.append(
      SchemaProperty(
        name: "\(key)", schema: T.schema(&schemas), isWriteOnly: rule.contains(.writeOnly),
        isNullByDefault: rule.contains(.nullByDefault)))
    if T.whenMissing == nil, !rule.contains(.defaulted) { required.append("\(key)") }
  }
}

extension WireObject {
  public static var wireName: String { "\(Self.self)" }
  public static var expectation: String { "struct \(wireName)" }

  @inlinable public init(json: JSONValue) throws(JSONError) {
    guard json.kind == .object else { throw .invalidType(json, expected: Self.expectation) }
    self.init()
    var reader = FieldReader(json: json)
    try fields(&reader)
  }

  @inlinable public func write(to out: inout JSONWriter) {
    out.byte(UInt8(ascii: "{"))
    writeFields(to: &out, isFirst: true)
    out.byte(UInt8(ascii: "}"))
  }

  /// Writes the members without the braces, for example behind the tag of a union.
  @inlinable public func writeFields(to out: inout JSONWriter, isFirst: Bool) {
    var copy = self
    var writer = FieldWriter(out: out, isFirst: isFirst)
    out = JSONWriter(capacity: 0)  // Leaves the buffer uniquely owned by `writer`.
    do { try copy.fields(&writer) } catch { preconditionFailure("writing cannot fail: \(error)") }
    out = writer.out
  }

  public static func schema(_ schemas: inout SchemaBuilder) -> Schema {
    schemas.define(wireName, objectSchema)
  }

  /// The schema itself, not a reference to it.
  public static func objectSchema(_ schemas: inout SchemaBuilder) -> Schema {
    var blank = Self()
    var recorder = FieldRecorder(schemas: schemas)
    do { try blank.fields(&recorder) } catch {
      preconditionFailure("recording cannot fail: \(error)")
    }
    schemas = recorder.schemas
    return .object(properties: recorder.properties, required: recorder.required)
  }
}
