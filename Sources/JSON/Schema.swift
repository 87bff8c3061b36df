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
  public var name: String
  public var schema: Schema
  public var isWriteOnly = false
  public var isNullByDefault = false
}

/// Collects the schemas of named types.
public struct SchemaBuilder: Sendable {
  /// Whether what is newer than the seed of the protocol is described too.
  public let includesNewer: Bool

  /// The schema of each named type; nil while it is being made.
  public private(set) var definitions: [String: Schema?] = [:]

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

  /// The schema document of a type, its definitions with it, as the original publishes one.
  public static func document(
    of type: (some WireObject).Type, includingNewer: Bool = true
  ) -> RawJSON {
    var schemas = SchemaBuilder(includingNewer: includingNewer)
    let root = type.objectSchema(&schemas)
    let definitions = schemas.definitions.compactMap { name, schema in
      schema.map { (name: name, value: $0.json) }
    }
    let sorted = definitions.sorted { $0.name < $1.name }
    var members = root.members
    members.append(("$schema", RawJSON("http://json-schema.org/draft-07/schema#")))
    if !sorted.isEmpty { members.append(("definitions", RawJSON(WireMap(sorted)))) }
    return RawJSON(WireMap(members.sorted { $0.name < $1.name }))
  }
}

extension Schema {
  /// The schema as JSON, members in alphabetical order.
  public var json: RawJSON {
    if case .anything = self { return RawJSON(true) }
    return RawJSON(WireMap(members.sorted { $0.name < $1.name }))
  }

  fileprivate typealias Members = [(name: String, value: RawJSON)]

  fileprivate var members: Members {
    switch self {
    case .anything: []
    case .type(let name): [("type", RawJSON(name))]
    case .integer(let format):
      [("type", RawJSON("integer")), ("format", RawJSON(format))]
        + (format.hasPrefix("u") ? [("minimum", RawJSON(validBytes: Array("0.0".utf8)))] : [])
    case .ref(let name): [("$ref", RawJSON("#/definitions/\(name)"))]
    case .array(let element): [("type", RawJSON("array")), ("items", element.json)]
    case .map(let value): [("type", RawJSON("object")), ("additionalProperties", value.json)]
    case .nullable(let schema): schema.nullableMembers
    case .anyOf(let schemas): [("anyOf", RawJSON(schemas.map(\.json)))]
    case .enumeration(let values): [("enum", RawJSON(values)), ("type", RawJSON("string"))]
    case .object(let properties, let required): Self.object(properties, required)
    case .oneOf(let variants): [("oneOf", RawJSON(variants.map(Self.variant)))]
    }
  }

  /// Types may be null by a list of types, everything else by a choice.
  private var nullableMembers: Members {
    switch self {
    case .anything: members
    case .ref, .anyOf, .oneOf, .enumeration:
      [("anyOf", RawJSON([json, Schema.type("null").json]))]
    default:
      members.map { member in
        guard member.name == "type" else { return member }
        return ("type", RawJSON([member.value, RawJSON("null")]))
      }
    }
  }

  private static func object(_ properties: [SchemaProperty], _ required: [String]) -> Members {
    let sorted = properties.sorted { $0.name < $1.name }
    var members: Members = [
      ("type", RawJSON("object")),
      ("properties", RawJSON(WireMap(sorted.map { (name: $0.name, value: $0.json) }))),
    ]
    if !required.isEmpty { members.append(("required", RawJSON(required.sorted()))) }
    return members
  }

  private static func variant(_ tag: String, _ payload: Schema?) -> RawJSON {
    var properties = [SchemaProperty(name: "type", schema: .enumeration([tag]))]
    var required = ["type"]
    if case .object(let more, let needed)? = payload {
      properties += more
      required += needed
    }
    return Schema.object(properties: properties, required: required).json
  }
}

extension SchemaProperty {
  fileprivate var json: RawJSON {
    var members = schema.members
    if members.isEmpty { return schema.json }
    if isWriteOnly { members.append(("writeOnly", RawJSON(true))) }
    if isNullByDefault { members.append(("default", .null)) }
    return RawJSON(WireMap(members.sorted { $0.name < $1.name }))
  }
}
