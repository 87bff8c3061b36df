import JSON
import Protocol

extension ThreadSourceKind {
  /// What people work with themselves: where a list is not narrowed down, it shows these.
  static let interactive: [ThreadSourceKind] = [.cli, .vscode]

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
