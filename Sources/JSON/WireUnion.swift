/// A union of objects with a member `type` that distinguishes them.
///
///     package enum PatchChangeKind: WireUnion {
///       case add
///       case update(Update)
///
///       package static func variants<V: VariantVisitor<Self>>(_ variant: inout V) throws(JSONError) {
///         try variant("add", .add)
///         try variant("update", Self.update)
///       }
///       package func write(_ variant: inout VariantWriter) {
///         switch self {
///         case .add: variant("add")
///         case .update(let update): variant("update", update)
///         }
///       }
///     }
public protocol WireUnion: WireValue {
  /// Visits each variant, in the order of the schema.
  static func variants<V: VariantVisitor<Self>>(_ variant: inout V) throws(JSONError)

  /// Writes the current variant. Its exhaustive switch ensures that no case is forgotten.
  func write(_ variant: inout VariantWriter)

  /// The value for an unknown tag; nil makes it an error.
  static func unknown(_ json: JSONValue) -> Self?

  /// The name of the type in errors and schemas.
  static var wireName: String { get }
}

/// A visitor of the variants of a union.
public protocol VariantVisitor<Union> {
  associatedtype Union

  /// Visits a variant that is its tag alone.
  mutating func visit(_ tag: StaticString, _ value: Union, isNewer: Bool) throws(JSONError)

  /// Visits a variant with members beside its tag.
  mutating func visit<Payload: WireObject>(
    _ tag: StaticString, _ make: (Payload) -> Union, isNewer: Bool
  ) throws(JSONError)
}

extension VariantVisitor {
  @inlinable @inline(__always)
  public mutating func callAsFunction(
    _ tag: StaticString, _ value: Union, isNewer: Bool = false
  ) throws(JSONError) {
    try visit(tag, value, isNewer: isNewer)
  }

  @inlinable @inline(__always)
  public mutating func callAsFunction<Payload: WireObject>(
    _ tag: StaticString, _ make: (Payload) -> Union, isNewer: Bool = false
  ) throws(JSONError) {
    try visit(tag, make, isNewer: isNewer)
  }
}

/// Decodes the variant that a tag names.
public struct VariantReader<Union>: VariantVisitor {
  /// The tag.
  public let tag: JSONValue
  /// The object with the tag.
  public let json: JSONValue
  /// The decoded variant; nil while none was found.
  public var found: Union?

  /// Creates a reader of an object with a tag.
  @inlinable public init(tag: JSONValue, json: JSONValue) {
    self.tag = tag
    self.json = json
  }

  @inlinable public mutating func visit(
    _ name: StaticString, _ value: Union, isNewer: Bool
  ) throws(JSONError) {
    if found == nil, tag.textEquals(name) { found = value }
  }

  @inlinable public mutating func visit<Payload: WireObject>(
    _ name: StaticString, _ make: (Payload) -> Union, isNewer: Bool
  ) throws(JSONError) {
    if found == nil, tag.textEquals(name) { found = make(try Payload(json: json)) }
  }
}

/// Collects the names of the variants.
private struct VariantNames<Union>: VariantVisitor {
  var names: [String] = []

  mutating func visit(_ name: StaticString, _ value: Union, isNewer: Bool) {
    names.append("\(name)")
  }

  mutating func visit<Payload: WireObject>(
    _ name: StaticString, _ make: (Payload) -> Union, isNewer: Bool
  ) {
    names.append("\(name)")
  }
}

struct VariantRecorder<Union>: VariantVisitor {
  var schemas: SchemaBuilder
  var variants: [(tag: String, payload: Schema?)] = []

  mutating func visit(_ tag: StaticString, _ value: Union, isNewer: Bool) throws(JSONError) {
    if isNewer, !schemas.includesNewer { return }
    variants.append(("\(tag)", nil))
  }

  mutating func visit<Payload: WireObject>(
    _ tag: StaticString, _ make: (Payload) -> Union, isNewer: Bool
  ) throws(JSONError) {
    if isNewer, !schemas.includesNewer { return }
    variants.append(("\(tag)", Payload.objectSchema(&schemas)))
  }
}

/// Writes one variant: its `type`, then the fields of its payload.
public struct VariantWriter {
  /// The writer that the variant is appended to.
  public var out: JSONWriter

  /// Creates a writer of one variant.
  @inlinable public init(out: JSONWriter) { self.out = out }

  public mutating func callAsFunction(_ tag: StaticString) {
    open(tag)
    out.byte(UInt8(ascii: "}"))
  }

  @inlinable public mutating func callAsFunction<Payload: WireObject>(
    _ tag: StaticString, _ payload: Payload
  ) {
    open(tag)
    payload.writeFields(to: &out, isFirst: false)
    out.byte(UInt8(ascii: "}"))
  }

  /// Writes a variant whose JSON was kept unchanged.
  public mutating func callAsFunction(asItCame value: RawJSON) {
    value.write(to: &out)
  }

  @usableFromInline mutating func open(_ tag: StaticString) {
    out.literal("{\"type\":\"")
    out.literal(tag)
    out.byte(UInt8(ascii: "\""))
  }
}

extension WireUnion {
  public static var wireName: String { "\(Self.self)" }
  public static func unknown(_: JSONValue) -> Self? { nil }

  @inlinable public init(json: JSONValue) throws(JSONError) {
    guard json.kind == .object else {
      throw .invalidType(json, expected: "internally tagged enum \(Self.wireName)")
    }
    guard let tag = json["type"] else { throw .missingField("type") }
    guard tag.kind == .string else {
      throw .invalidType(tag, expected: "variant identifier")
    }
    var reader = VariantReader<Self>(tag: tag, json: json)
    try Self.variants(&reader)
    guard let value = reader.found ?? Self.unknown(json) else { throw Self.unknownTag(tag) }
    self = value
  }

  /// The error for a tag that no variant has.
  public static func unknownTag(_ tag: JSONValue) -> JSONError {
    var known = VariantNames<Self>()
    do { try variants(&known) } catch { return error }
    return .unknownVariant(tag.asString ?? "", known: known.names)
  }

  @inlinable public func write(to out: inout JSONWriter) {
    var writer = VariantWriter(out: out)
    out = JSONWriter(capacity: 0)  // Leaves the buffer uniquely owned by `writer`.
    write(&writer)
    out = writer.out
  }

  public static func schema(_ schemas: inout SchemaBuilder) -> Schema {
    schemas.define(wireName) { schemas in
      var recorder = VariantRecorder<Self>(schemas: schemas)
      do { try variants(&recorder) } catch {
        preconditionFailure("recording cannot fail: \(error)")
      }
      schemas = recorder.schemas
      return .oneOf(recorder.variants)
    }
  }
}
