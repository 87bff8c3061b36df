/// A JSON Schema (draft 7), as far as the published schemas of the protocol go.
public indirect enum Schema: Sendable {
  /// Any value.
  case anything
  case type(String)
  /// An integer; an unsigned `format` means a minimum of 0.
  case integer(format: String)
  case ref(String)
  case array(Schema)
  /// An object with members of any name.
  case map(Schema)
  case nullable(Schema)
  case anyOf([Schema])
  case enumeration([String])
  case object(properties: [SchemaProperty], required: [String])
  /// Objects told apart by `type`; a payload is an object.
  case oneOf([(tag: String, payload: Schema?)])
}

extension Schema {
  /// An object with one member: how a union says a variant that is more than a name.
  public static func object(withOnly name: String, _ schema: Schema) -> Schema {
    .object(properties: [SchemaProperty(name: name, schema: schema)], required: [name])
  }
}

/// One member in the schema of an object.
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
  /// Whether what is newer than the seed of the protocol is described too.
  public let includesNewer: Bool

  /// The schema of each named type; nil while it is being made.
  public private(set) var definitions: [String: Schema?] = [:]

  /// Creates a builder without any schema.
  public init(includingNewer: Bool = true) { includesNewer = includingNewer }

  /// Makes the schema of a named type, once, and returns a reference to it.
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
