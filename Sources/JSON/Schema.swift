/// A JSON Schema (draft 7), with the features that the published schemas of the protocol use.
public indirect enum Schema: Sendable {
  /// Any value is valid.
  case anything
  case type(String)
  /// An integer; one with an unsigned `format` has the minimum 0.
  case integer(format: String)
  case ref(String)
  case array(Schema)
  /// An object with members of any name.
  case map(Schema)
  case nullable(Schema)
  case anyOf([Schema])
  case enumeration([String])
  case object(properties: [SchemaProperty], required: [String])
  /// Objects with a `type` that distinguishes them; a payload is an object.
  case oneOf([(tag: String, payload: Schema?)])
}

extension Schema {
  /// An object with one required member: the form of a variant with content.
  public static func object(withOnly name: String, _ schema: Schema) -> Schema {
    .object(properties: [SchemaProperty(name: name, schema: schema)], required: [name])
  }
}

/// A member in the schema of an object.
public struct SchemaProperty: Sendable {
  /// The name of the member.
  public var name: String
  /// The schema of its value.
  public var schema: Schema
  /// Whether the member is marked `writeOnly`.
  public var isWriteOnly = false
  /// Whether the member is marked `default: null`.
  public var isNullByDefault = false
}

/// Collects the schemas of named types.
public struct SchemaBuilder: Sendable {
  /// Whether the schemas include what is newer than the first revision of the protocol.
  public let includesNewer: Bool

  /// The schema of each named type; nil while it is made.
  public private(set) var definitions: [String: Schema?] = [:]

  /// Creates a builder without any schema.
  public init(includingNewer: Bool = true) { includesNewer = includingNewer }

  /// Makes the schema of a named type, unless it was made before.
  ///
  /// - Returns: A reference to the schema.
  public mutating func define(
    _ name: String, _ make: (inout SchemaBuilder) -> Schema
  ) -> Schema {
    if definitions[name] == nil {
      definitions[name] = .some(nil)
      let made = make(&self)
      definitions[name] = made
    }
    return .ref(name)
  }
}
