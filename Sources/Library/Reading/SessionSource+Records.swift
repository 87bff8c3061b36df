import JSON
import Platform
package import Protocol
import Rollouts

// Sources as records contain them: in snake_case, and in any shape (ROLLOUTS.md 4.2).
extension SessionSource {
  /// The source of a thread, as clients see it (PROTOCOL.md 4).
  init(_ meta: SessionMeta) {
    guard let source = meta.source else {
      self = .vscode
      return
    }
    let known = try? withJSON(source.bytes) { (json) throws(JSONError) in
      SessionSource(json, of: meta)
    }
    self = known ?? .unknown
  }

  private init(_ json: JSONValue, of meta: SessionMeta) {
    if let agent = json["subagent"] {
      self = .subAgent(SubAgentSource(agent, of: meta))
    } else if let custom = json.string("custom") {
      self = .custom(custom)
    } else {
      switch json.asString {
      case "cli": self = .cli
      case "vscode": self = .vscode
      case "exec": self = .exec
      case "mcp": self = .appServer
      default: self = .unknown
      }
    }
  }

  /// Whether the thread was started by another thread for a sub-agent.
  package var isSpawnedAgent: Bool {
    if case .subAgent(.threadSpawn) = self { true } else { false }
  }

  /// Whether the thread belongs to the agent that decides about approvals in the user's place.
  var isGuardian: Bool { self == .subAgent(.other("guardian")) }

  /// Whether the thread was made by a program in which a person talks to the agent.
  var isInteractive: Bool {
    switch self {
    case .cli, .vscode, .custom("atlas"), .custom("chatgpt"): true
    case .exec, .appServer, .unknown, .subAgent, .custom: false
    }
  }
}

extension SubAgentSource {
  /// The source of a sub-agent. A kind that the protocol does not know becomes `other` with its
  /// name.
  fileprivate init(_ json: JSONValue, of meta: SessionMeta) {
    if let spawn = json["thread_spawn"].flatMap({ ThreadSpawnSource($0, of: meta) }) {
      self = .threadSpawn(spawn)
    } else if let name = json.asString {
      self = Self(named: name) ?? .other(name)
    } else {
      self = .other(json.string("other") ?? "unknown")
    }
  }
}

extension ThreadSpawnSource {
  /// The source of a spawned thread; nil if the parent or the depth is not recorded, because
  /// clients require both.
  fileprivate init?(_ json: JSONValue, of meta: SessionMeta) {
    guard let parent = json.string("parent_thread_id")?.normalizedID,
      let depth = json["depth"]?.asWholeNumber.flatMap(Int32.init(exactly:))
    else { return nil }
    self.init()
    parentThreadID = parent
    self.depth = depth
    agentPath = json.string("agent_path")
    agentNickname = meta.agentNickname
    agentRole = meta.agentRole
  }
}
