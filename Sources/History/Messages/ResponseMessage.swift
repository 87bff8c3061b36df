import JSON
import Rollouts

/// A message as the model got it or gave it: a response item of the type `message`.
///
/// The program puts words of its own into the user's messages: context, which the user never said
/// (HISTORY.md 4).
struct ResponseMessage {
  private let json: JSONValue

  /// - Parameter item: A response item of this type.
  init(_ item: JSONValue) { json = item }

  /// The message that a record is, or that a compaction holds; nil where there is none.
  ///
  /// - Parameter part: Which of a compaction's items.
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

  var isOfUser: Bool { json["role"]?.textEquals("user") ?? false }
  var isOfAgent: Bool { json["role"]?.textEquals("assistant") ?? false }

  /// The texts of all parts, joined.
  var text: JSONText { json["content"]?.joinedText ?? JSONText() }

  /// The parts that are not the program's.
  var userParts: [JSONValue] {
    let kinds = partKinds
    return (json["content"]?.elements ?? []).enumerated().compactMap { index, part in
      let kind = index < kinds.count ? kinds[index] : nil
      return ContextText.isContext(part, recordedAs: kind) ? nil : part
    }
  }

  /// Whether everything in it was put there by the program.
  var isContext: Bool { json["content"]?.kind != .array || userParts.isEmpty }

  /// Whether it is a message that the user sent.
  var isUserAuthored: Bool { isOfUser && !isContext && hookPrompts == nil }

  /// The prompts of hooks that it is made of; nil where it is anything else.
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

  /// What newer versions recorded each part as, such as `user.text` or `environments.…`.
  private var partKinds: [String?] {
    let metadata = json["internal_chat_message_metadata_passthrough"] ?? json["metadata"]
    return metadata?["content_item_kinds"]?.elements.map(\.asString) ?? []
  }
}
