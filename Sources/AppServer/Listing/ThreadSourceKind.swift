import JSON
import Protocol

/// Which sources of threads a list shows.
enum SourceFilter: Sendable {
  case all
  /// What people work with themselves: where a list is not narrowed down, it shows these.
  case interactive
  /// Any of these.
  case kinds([ThreadSourceKind])

  /// - Parameters:
  ///   - kinds: As a request names them; an empty list means the interactive ones.
  ///   - standard: What counts where it names none.
  init(_ kinds: [ThreadSourceKind]?, orElse standard: SourceFilter = .interactive) {
    self = kinds.map { $0.isEmpty ? .interactive : .kinds($0) } ?? standard
  }

  func includes(_ source: SessionSource) -> Bool {
    switch self {
    case .all: true
    case .interactive: source.isInteractive
    case .kinds(let kinds): kinds.contains { $0.includes(source) }
    }
  }
}

extension SessionSource {
  fileprivate var isInteractive: Bool {
    switch self {
    case .cli, .vscode, .custom("atlas"), .custom("chatgpt"): true
    default: false
    }
  }
}

extension ThreadSourceKind {
  /// Whether a source is of this kind; one that a program made up is of none.
  func includes(_ source: SessionSource) -> Bool {
    switch (self, source) {
    case (.cli, .cli), (.vscode, .vscode), (.exec, .exec), (.appServer, .appServer),
      (.unknown, .unknown), (.subAgent, .subAgent):
      true
    case (.subAgentReview, .subAgent(let agent)): agent == RawJSON("review")
    case (.subAgentCompact, .subAgent(let agent)): agent == RawJSON("compact")
    case (.subAgentThreadSpawn, .subAgent(let agent)): agent.has("thread_spawn")
    case (.subAgentOther, .subAgent(let agent)): agent.has("other")
    default: false
    }
  }
}

extension RawJSON {
  fileprivate func has(_ member: StaticString) -> Bool {
    (try? withJSON(bytes) { (json) throws(JSONError) in json[member] != nil }) ?? false
  }
}
