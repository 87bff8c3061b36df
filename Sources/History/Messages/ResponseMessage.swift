import JSON
import Rollouts

/// A message of the model's input or output: a response item of the type `message`.
///
/// The program adds texts of its own to messages of the user: context, which the user did not write
/// (HISTORY.md 4).
struct ResponseMessage {
  private let json: JSONValue

  /// - Parameter item: A response item of the type `message`.
  init(_ item: JSONValue) { json = item }

  /// Reads the message in a record, or in a compaction; nil where there is none.
  ///
  /// - Parameter part: The index of the message in a compaction.
  init?(_ record: Record, part: Int) {
    switch record.kind {
    case .responseItem(.message): self.init(record.payload)
    case .compacted:
      let history = record.payload["replacement_history"]?.elements ?? []
      guard part < history.count else { return nil }
      self.init(history[part])
    default: return nil
    }
  }

  /// Whether the role is that of the user.
  var isOfUser: Bool { json["role"]?.textEquals("user") ?? false }
  /// Whether the role is that of the agent.
  var isOfAgent: Bool { json["role"]?.textEquals("assistant") ?? false }

  /// The joined texts of all parts.
  var text: JSONText { json["content"]?.joinedText ?? JSONText() }

  /// The parts that are not context.
  var userParts: [JSONValue] {
    let kinds = partKinds
    return (json["content"]?.elements ?? []).enumerated().compactMap { index, part in
      let kind = index < kinds.count ? kinds[index] : nil
      return ContextText.isContext(part, recordedAs: kind) ? nil : part
    }
  }

  /// Whether all parts are context.
  var isContext: Bool { json["content"]?.kind != .array || userParts.isEmpty }

  /// Whether the user wrote the message.
  var isUserAuthored: Bool { isOfUser && !isContext && hookPrompts == nil }

  /// The prompts of hooks that the message consists of; nil where it has other parts.
  var hookPrompts: [HookPromptText]? {
    guard let content = json["content"], content.kind == .array, !content.isEmpty else {
      return nil
    }
    var prompts: [HookPromptText] = []
    for part in content.elements {
      guard let prompt = HookPromptText(part["text"]) else { return nil }
      prompts.append(prompt)
    }
    return prompts
  }

  /// The kinds that newer versions recorded of the parts, such as `user.text` or `environments.…`.
  private var partKinds: [String?] {
    let metadata = json["internal_chat_message_metadata_passthrough"] ?? json["metadata"]
    return metadata?["content_item_kinds"]?.elements.map(\.asString) ?? []
  }
}
