package import Protocol

/// Which sources of threads a list shows.
package enum SourceFilter: Sendable {
  case all
  /// What people work with themselves: where a list is not narrowed down, it shows these.
  case interactive
  /// Any of these.
  case kinds([ThreadSourceKind])

  /// - Parameters:
  ///   - kinds: As a request names them; an empty list means the interactive ones.
  ///   - standard: What counts where it names none.
  package init(_ kinds: [ThreadSourceKind]?, orElse standard: SourceFilter = .interactive) {
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

extension ThreadSourceKind {
  /// Whether a source is of this kind; one that a program made up is of none.
  func includes(_ source: SessionSource) -> Bool {
    switch (self, source) {
    case (.cli, .cli), (.vscode, .vscode), (.exec, .exec), (.appServer, .appServer),
      (.unknown, .unknown), (.subAgent, .subAgent), (.subAgentReview, .subAgent(.review)),
      (.subAgentCompact, .subAgent(.compact)), (.subAgentThreadSpawn, .subAgent(.threadSpawn)),
      (.subAgentOther, .subAgent(.other)):
      true
    default: false
    }
  }
}
