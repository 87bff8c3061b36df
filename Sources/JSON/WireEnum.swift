/// A closed set of strings.
public protocol WireEnum: WireValue, RawRepresentable<String>, CaseIterable, Equatable {
  /// The values that are newer than the first revision of the protocol.
  static var newer: [Self] { get }
}

extension WireEnum {
  public static var newer: [Self] { [] }

  public init(json: JSONValue) throws(JSONError) {
    let (name, payload) = try json.variant()
    guard let value = Self(rawValue: name) else {
      throw .unknownVariant(name, known: Self.allCases.map(\.rawValue))
    }
    if let payload, !payload.isNull { throw .invalidType(payload, expected: "unit") }
    self = value
  }

  public func write(to out: inout JSONWriter) { out.string(rawValue) }

  public static func schema(_ schemas: inout SchemaBuilder) -> Schema {
    schemas.define("\(Self.self)") { schemas in
      let known = schemas.includesNewer ? Array(allCases) : allCases.filter { !newer.contains($0) }
      return .enumeration(known.map(\.rawValue))
    }
  }
}

extension JSONValue {
  /// Reads the name of one of several alternatives: a string, or the name of the only member of an
  /// object, whose value is the payload of the alternative.
  ///
  /// - Throws: What is wrong with the value.
  public func variant() throws(JSONError) -> (name: String, payload: JSONValue?) {
    if let name = asString { return (name, nil) }
    guard kind == .object else { throw .invalidType(self, expected: "string or map") }
    var found: (name: String, payload: JSONValue?)?
    var count = 0
    forEachMember { name, value in
      found = (name.asString ?? "", value)
      count += 1
    }
    guard let found, count == 1 else {
      throw JSONError("invalid value: map, expected map with a single key")
    }
    return found
  }
}
