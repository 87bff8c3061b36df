/// A closed set of strings.
package protocol WireEnum: WireValue, RawRepresentable<String>, CaseIterable, Equatable {
  /// The values that are newer than the seed of the protocol.
  static var newer: [Self] { get }
}

extension WireEnum {
  package static var newer: [Self] { [] }

  package init(json: JSONValue) throws(JSONError) {
    guard let name = json.asString else {
      throw .invalidType(json, expected: "string or map")
    }
    guard let value = Self(rawValue: name) else {
      throw .unknownVariant(name, known: Self.allCases.map(\.rawValue))
    }
    self = value
  }

  package func write(to out: inout JSONWriter) { out.string(rawValue) }

  package static func schema(_ schemas: inout SchemaBuilder) -> Schema {
    schemas.define("\(Self.self)") { schemas in
      let known = schemas.includesNewer ? Array(allCases) : allCases.filter { !newer.contains($0) }
      return .enumeration(known.map(\.rawValue))
    }
  }
}
