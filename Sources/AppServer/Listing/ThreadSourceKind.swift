import JSON
import Protocol

/// What kinds of programs make threads, as a list can be asked for them (PROTOCOL.md 7).
enum ThreadSourceKind: String, WireEnum {
  case cli, vscode, exec, appServer
  /// All of the next four, and any other.
  case subAgent
  case subAgentReview, subAgentCompact, subAgentThreadSpawn, subAgentOther
  case unknown

  /// Those that a person talks to.
  static let interactive: [ThreadSourceKind] = [.cli, .vscode]

  /// The closest kind; nil for a source that a client made up.
  init?(_ source: SessionSource) {
    switch source {
    case .cli: self = .cli
    case .vscode: self = .vscode
    case .exec: self = .exec
    case .appServer: self = .appServer
    case .unknown: self = .unknown
    case .subAgent(let agent): self = Self.kind(ofAgent: agent)
    case .custom: return nil
    }
  }

  private static func kind(ofAgent agent: RawJSON) -> ThreadSourceKind {
    let kind = try? withJSON(agent.bytes) { (json) throws(JSONError) -> ThreadSourceKind in
      if json["thread_spawn"] != nil { return .subAgentThreadSpawn }
      if json["other"] != nil { return .subAgentOther }
      switch json.asString {
      case "review": return .subAgentReview
      case "compact": return .subAgentCompact
      default: return .subAgent
      }
    }
    return kind ?? .subAgent
  }

  /// Whether a thread of a kind is one of this kind.
  func includes(_ kind: ThreadSourceKind) -> Bool {
    self == kind || self == .subAgent && kind.rawValue.hasPrefix(rawValue)
  }
}
