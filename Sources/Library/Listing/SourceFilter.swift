package import Protocol

/// The kinds of sources whose threads a list shows.
package enum SourceFilter: Sendable {
  /// Threads of every source.
  case all
  /// Threads of programs in which a person talks to the agent. Lists show these unless a request
  /// asks for others.
  case interactive
  /// Threads of any of the given kinds.
  case kinds([ThreadSourceKind])

  /// Creates the filter of a request.
  ///
  /// - Parameters:
  ///   - kinds: The kinds that the request names. An empty list means interactive sources.
  ///   - standard: The filter if the request names no kinds.
  package init(_ kinds: [ThreadSourceKind]?, orElse standard: SourceFilter = .interactive) {
    self = kinds.map { $0.isEmpty ? .interactive : .kinds($0) } ?? standard
  }

  /// Whether a list shows threads of a source.
  func includes(_ source: SessionSource) -> Bool {
    switch self {
    case .all: true
    case .interactive: source.isInteractive
    case .kinds(let kinds): kinds.contains { $0.includes(source) }
    }
  }
}

extension ThreadSourceKind {
  /// Whether a source is of this kind. A source with a name of its own is of no kind.
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
