package import JSON

/// The kind of program that made a thread: a name, or an object with one member.
package enum SessionSource: WireValue, Equatable {
  case cli
  case vscode
  case exec
  case appServer
  case unknown
  case subAgent(SubAgentSource)
  case custom(String)

  /// The kinds that are a name alone.
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
      self = .subAgent(try SubAgentSource(json: agent))
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
    case .subAgent(let agent): WireMap([(name: "subAgent", value: agent)]).write(to: &out)
    case .custom(let name): WireMap([(name: "custom", value: name)]).write(to: &out)
    }
  }

  package static func schema(_ schemas: inout SchemaBuilder) -> Schema {
    schemas.define("SessionSource") { schemas in
      .anyOf([
        .enumeration(named.map(\.name)), .object(withOnly: "custom", .type("string")),
        .object(withOnly: "subAgent", SubAgentSource.schema(&schemas)),
      ])
    }
  }
}

/// The purpose of an agent whose thread was not begun by a person.
package enum SubAgentSource: WireValue, Equatable {
  case review
  case compact
  case memoryConsolidation
  case threadSpawn(ThreadSpawnSource)
  case other(String)

  private static let named: [(name: String, source: SubAgentSource)] = [
    ("review", .review), ("compact", .compact), ("memory_consolidation", .memoryConsolidation),
  ]

  /// Finds the purpose by its name; nil for an unknown name.
  package init?(named name: String) {
    guard let known = Self.named.first(where: { $0.name == name }) else { return nil }
    self = known.source
  }

  package init(json: JSONValue) throws(JSONError) {
    if let name = json.asString {
      guard let known = Self(named: name) else {
        throw .unknownVariant(name, known: Self.named.map(\.name) + ["thread_spawn", "other"])
      }
      self = known
    } else if let spawn = json["thread_spawn"] {
      self = .threadSpawn(try ThreadSpawnSource(json: spawn))
    } else if let other = json["other"] {
      self = .other(try other.string())
    } else {
      throw .invalidType(json, expected: "string or map")
    }
  }

  package func write(to out: inout JSONWriter) {
    switch self {
    case .review: out.literal("\"review\"")
    case .compact: out.literal("\"compact\"")
    case .memoryConsolidation: out.literal("\"memory_consolidation\"")
    case .threadSpawn(let spawn): WireMap([(name: "thread_spawn", value: spawn)]).write(to: &out)
    case .other(let name): WireMap([(name: "other", value: name)]).write(to: &out)
    }
  }

  package static func schema(_ schemas: inout SchemaBuilder) -> Schema {
    schemas.define("SubAgentSource") { schemas in
      .anyOf([
        .enumeration(named.map(\.name)),
        .object(withOnly: "thread_spawn", ThreadSpawnSource.objectSchema(&schemas)),
        .object(withOnly: "other", .type("string")),
      ])
    }
  }
}

/// Which thread started an agent's thread, and how the agent is called.
package struct ThreadSpawnSource: WireObject, Equatable {
  /// The id of the thread that started the agent.
  package var parentThreadID = ""
  /// The number of agents above this one.
  package var depth: Int32 = 0
  /// The path of the agent in the tree of agents; nil or empty where none is recorded.
  package var agentPath: String?
  /// The name of the agent for people; nil where the thread is not that of an agent, or has none.
  package var agentNickname: String?
  /// The role of the agent; nil where the thread is not that of an agent, or has none.
  package var agentRole: String?

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("parent_thread_id", &parentThreadID)
    try field("depth", &depth)
    try field("agent_path", &agentPath)
    try field("agent_nickname", &agentNickname)
    try field("agent_role", &agentRole)
  }
}
