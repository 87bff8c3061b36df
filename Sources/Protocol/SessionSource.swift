package import JSON

/// What kind of program made a thread: a name, or an object with one member.
package enum SessionSource: WireValue, Equatable {
  case cli
  case vscode
  case exec
  case appServer
  case unknown
  /// Which kind of subagent: `"review"`, `"compact"`, `{"thread_spawn": {…}}`, `{"other": "…"}`.
  case subAgent(RawJSON)
  case custom(String)

  /// The kinds that are told by their name alone.
  private static let named: [(name: String, source: SessionSource)] = [
    ("cli", .cli), ("vscode", .vscode), ("exec", .exec), ("appServer", .appServer),
    ("unknown", .unknown),
  ]

  package init(json: JSONValue) throws(JSONError) {
    if let name = json.asString {
      guard let known = Self.named.first(where: { $0.name == name }) else {
        throw .unknownVariant(name, known: Self.named.map(\.name) + ["custom", "subAgent"])
      }
      self = known.source
    } else if let agent = json["subAgent"] {
      self = .subAgent(RawJSON(agent))
    } else if let custom = json["custom"] {
      self = .custom(try custom.string())
    } else {
      throw .invalidType(json, expected: "string or map")
    }
  }

  package func write(to out: inout JSONWriter) {
    switch self {
    case .cli: out.literal("\"cli\"")
    case .vscode: out.literal("\"vscode\"")
    case .exec: out.literal("\"exec\"")
    case .appServer: out.literal("\"appServer\"")
    case .unknown: out.literal("\"unknown\"")
    case .subAgent(let agent):
      out.literal("{\"subAgent\":")
      agent.write(to: &out)
      out.literal("}")
    case .custom(let name):
      out.literal("{\"custom\":")
      out.string(name)
      out.literal("}")
    }
  }

  package static func schema(_ schemas: inout SchemaBuilder) -> Schema {
    schemas.define("SessionSource") { _ in
      .anyOf([
        .enumeration(named.map(\.name)), .object(withOnly: "custom", .type("string")),
        .object(withOnly: "subAgent", .anything),
      ])
    }
  }
}
