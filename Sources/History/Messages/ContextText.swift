import JSON
import Rollouts

/// Recognizes the texts that the program itself put into messages of the user (HISTORY.md 4).
enum ContextText {
  /// Whether the program put a part into a message of the user.
  ///
  /// - Parameter kind: The recorded kind of the part, which decides; nil where none is recorded.
  static func isContext(_ part: JSONValue, recordedAs kind: String?) -> Bool {
    if isImageMark(part) { return true }
    // The original records the kind `unknown` for all parts that a client injects, so that it does
    // not tell whether a part is context.
    if let kind, kind != "unknown" { return !kind.hasPrefix("user.") }
    guard part["type"]?.textEquals("input_text") == true,
      part["text"].mayBegin(with: "<#AaWw"), let text = part.string("text")
    else { return false }
    return isContext(text)
  }

  /// Whether a part is one of the marks around an image.
  private static func isImageMark(_ part: JSONValue) -> Bool {
    guard part["type"]?.textEquals("input_text") == true, let text = part["text"],
      text.text.count < 4096, part["text"].mayBegin(with: "<"), let string = text.asString
    else { return false }
    return string == "<image>" || string == "</image>"
      || string.hasPrefix("<image name=") && string.hasSuffix(">")
  }

  /// Names of elements. A text that is one such element, with attributes or without, is context.
  private static let elements = [
    "environment_context", "user_instructions", "user_action", "skill", "user_shell_command",
    "turn_aborted", "subagent_notification", "model_switch", "permissions instructions",
    "personality_spec", "collaboration_mode", "realtime_conversation", "apps_instructions",
    "skills_instructions", "plugins_instructions", "startup_context", "recommended_plugins",
    "goal_context", "codex_internal_context", "extension_context",
  ]

  /// The prefix of the names of further elements.
  private static let externalElements = "external_"

  /// Beginnings of texts that are context; in lower case.
  private static let beginnings = [
    "another language model started to solve this problem and produced a summary",
    "warning: apply_patch was requested via ",
    "warning: the maximum number of unified exec processes you can keep open is",
    "warning: your account was flagged for potentially high-risk cyber activity",
  ]

  private static let instructionsBeginning = "# agents.md instructions"
  private static let instructionsEnding = "</instructions>"

  private static func isContext(_ text: String) -> Bool {
    guard let first = text.first(where: { !$0.isWhitespace }), "<#AaWw".contains(first) else {
      return false
    }
    let text = text.trimmed
    let beginning = text.prefix(128).lowercased()
    if beginnings.contains(where: beginning.hasPrefix) { return true }
    let ending = text.suffix(128).lowercased()
    if beginning.hasPrefix(instructionsBeginning) { return ending.hasSuffix(instructionsEnding) }
    guard beginning.hasPrefix("<"), let end = beginning.firstIndex(of: ">") else { return false }
    let tag = beginning[..<end].dropFirst()
    let name = elements.first { tag == $0 || tag.hasPrefix("\($0) ") } ?? externalElement(tag)
    return name.map { ending.hasSuffix("</\($0)>") } ?? false
  }

  /// The name in a tag if it has the prefix of external elements; else nil.
  private static func externalElement(_ tag: Substring) -> String? {
    let name = tag.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    guard name.hasPrefix(externalElements) else { return nil }
    return name == tag || tag.dropFirst(name.count).first == " " ? String(name) : nil
  }
}
