import JSON
import Rollouts

/// Whether everything in a user's message was put there by the program and not by the user.
func isContext(_ message: JSONValue) -> Bool {
  let content = message["content"]
  guard let content, content.kind == .array else { return true }
  return content.elements.allSatisfy { part in
    isImageMark(part) || isContextPart(part)
  }
}

/// Whether a part of a user's message is context (HISTORY.md 4).
func isContextPart(_ part: JSONValue) -> Bool {
  guard part["type"]?.textEquals("input_text") == true, mayBegin(part["text"], with: "<#AaWw"),
    let text = part.string("text")
  else { return false }
  return isContextText(text)
}

/// Whether a text, without white space before it, begins with one of these letters, as far as its
/// first byte tells: most texts are told by that, and need not be made strings of.
private func mayBegin(_ text: JSONValue?, with letters: String) -> Bool {
  guard let first = text?.text.first else { return false }
  let tellsNothing = first <= 0x20 || first >= 0x80 || first == UInt8(ascii: "\\")
  return tellsNothing || letters.utf8.contains(first)
}

/// Whether a part is one of the texts that stand around an image.
func isImageMark(_ part: JSONValue) -> Bool {
  guard part["type"]?.textEquals("input_text") == true, let text = part["text"],
    text.text.count < 4096, mayBegin(text, with: "<"), let string = text.asString
  else { return false }
  return string == "<image>" || string == "</image>"
    || string.hasPrefix("<image name=") && string.hasSuffix(">")
}

private let contextElements = [
  "environment_context", "user_instructions", "user_action", "skill", "user_shell_command",
  "turn_aborted", "subagent_notification", "model_switch", "permissions instructions",
  "personality_spec", "collaboration_mode", "realtime_conversation", "apps_instructions",
  "skills_instructions", "plugins_instructions", "startup_context",
]

private let contextBeginnings = [
  "another language model started to solve this problem and produced a summary",
  "warning: apply_patch was requested via ",
]

private func isContextText(_ text: String) -> Bool {
  guard let first = text.first(where: { !$0.isWhitespace }), "<#AaWw".contains(first) else {
    return false
  }
  let text = text.trimmed
  let beginning = text.prefix(128).lowercased()
  if contextBeginnings.contains(where: beginning.hasPrefix) { return true }
  guard beginning.hasPrefix("<") || beginning.hasPrefix("# agents.md") else { return false }
  let ending = text.suffix(64).lowercased()
  if beginning.hasPrefix("# agents.md instructions for "), ending.hasSuffix("</instructions>") {
    return true
  }
  return contextElements.contains { name in
    beginning.hasPrefix("<\(name)>") && ending.hasSuffix("</\(name)>")
  }
}

// Hook prompts.

/// Whether every part of a user's message is the prompt of a hook.
func isHookPrompt(_ message: JSONValue) -> Bool {
  guard let content = message["content"], content.kind == .array, !content.isEmpty else {
    return false
  }
  return content.elements.allSatisfy {
    mayBegin($0["text"], with: "<") && hookPrompt($0.string("text")) != nil
  }
}

/// The run's id and the text of `<hook_prompt hook_run_id="ID">TEXT</hook_prompt>`.
func hookPrompt(_ text: String?) -> (runID: String, text: String)? {
  let opening = "<hook_prompt hook_run_id=\""
  let closing = "</hook_prompt>"
  guard let text = text?.trimmed, text.hasPrefix(opening), text.hasSuffix(closing) else {
    return nil
  }
  let inner = text.dropFirst(opening.count).dropLast(closing.count)
  guard let quote = inner.firstIndex(of: "\"") else { return nil }
  let rest = inner[inner.index(after: quote)...]
  guard rest.hasPrefix(">") else { return nil }
  return (xmlUnescaped(inner[..<quote]), xmlUnescaped(rest.dropFirst()))
}

/// Replaces the five entities of XML.
private func xmlUnescaped(_ text: Substring) -> String {
  let entities: [(name: String, character: Character)] = [
    ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&"),
  ]
  var result = ""
  var rest = text
  while let ampersand = rest.firstIndex(of: "&") {
    result += rest[..<ampersand]
    rest = rest[ampersand...]
    if let entity = entities.first(where: { rest.hasPrefix($0.name) }) {
      result.append(entity.character)
      rest = rest.dropFirst(entity.name.count)
    } else {
      result.append(rest.removeFirst())
    }
  }
  return result + rest
}
