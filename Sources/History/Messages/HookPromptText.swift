import JSON
import Rollouts

/// A text of a hook for the model: `<hook_prompt hook_run_id="ID">TEXT</hook_prompt>`.
struct HookPromptText {
  /// The id of the hook's run.
  let runID: String
  /// The text without the element around it.
  let text: String

  private static let opening = "<hook_prompt hook_run_id=\""
  private static let closing = "</hook_prompt>"

  /// Reads a text; nil where it has another form.
  init?(_ value: JSONValue?) {
    guard value.mayBegin(with: "<"), let text = value?.asString?.trimmed,
      text.hasPrefix(Self.opening), text.hasSuffix(Self.closing)
    else { return nil }
    let inner = text.dropFirst(Self.opening.count).dropLast(Self.closing.count)
    guard let quote = inner.firstIndex(of: "\"") else { return nil }
    let rest = inner[inner.index(after: quote)...]
    guard rest.hasPrefix(">") else { return nil }
    runID = Self.unescaped(inner[..<quote])
    self.text = Self.unescaped(rest.dropFirst())
  }

  /// The text with the five entities of XML replaced.
  private static func unescaped(_ text: Substring) -> String {
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
}
