extension SchemaBuilder {
  /// The schema document of a type with its definitions, in the form of those that the original
  /// publishes.
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
  /// The schema as JSON, with its members in alphabetical order.
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

  /// The members of a schema that also allows null: a list of types, or a choice for schemas
  /// without a type.
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
