import JSON
import Protocol
import Rollouts

/// What a user's message holds, from any record that can be one; nil where the record is none.
///
/// - Parameter part: Which of a compaction's messages.
func userContent(of record: Record, part: Int) -> [UserInput]? {
  switch record.kind {
  case .event(.userMessage): userContent(ofEvent: record.payload)
  case .event(.itemCompleted): userContent(ofCompleted: record.payload["item"]?["content"])
  default: rebuiltMessage(in: record, part: part).map(userContent(ofResponseItem:))
  }
}

/// The response item that a rebuilt message is made of.
func rebuiltMessage(in record: Record, part: Int) -> JSONValue? {
  switch record.kind {
  case .responseItem(.message): return record.payload
  case .compacted:
    let messages = record.payload["replacement_history"]?.elements ?? []
    return part < messages.count ? messages[part] : nil
  default: return nil
  }
}

func userContent(ofEvent payload: JSONValue) -> [UserInput] {
  var content: [UserInput] = []
  if let text = JSONText(payload["message"]), !text.isBlank {
    content.append(.text(text, elements: textElements(payload["text_elements"])))
  }
  payload["images"]?.forEachElement { url in
    if let url = JSONText(url) { content.append(.image(url: url)) }
  }
  payload["local_images"]?.forEachElement { path in
    if let path = path.asString { content.append(.localImage(path: path)) }
  }
  payload["audio"]?.forEachElement { url in
    if let url = JSONText(url) { content.append(.audio(url: url)) }
  }
  payload["local_audio"]?.forEachElement { path in
    if let path = path.asString { content.append(.localAudio(path: path)) }
  }
  return content
}

/// Content of a completed item is the wire's, but for names in snake_case.
func userContent(ofCompleted content: JSONValue?) -> [UserInput] {
  (content?.elements ?? []).compactMap { part in
    switch part.string("type") {
    case "text":
      JSONText(part["text"]).map { .text($0, elements: textElements(part["text_elements"])) }
    case "image": JSONText(part["image_url"] ?? part["url"]).map { .image(url: $0) }
    case "local_image": part.string("path").map { .localImage(path: $0) }
    case "audio": JSONText(part["audio_url"] ?? part["url"]).map { .audio(url: $0) }
    case "local_audio": part.string("path").map { .localAudio(path: $0) }
    case "skill": UserInput.Named(part).map { .skill($0) }
    case "mention": UserInput.Named(part).map { .mention($0) }
    default: nil
    }
  }
}

/// A message as the model got it: without what the program put there.
func userContent(ofResponseItem message: JSONValue) -> [UserInput] {
  (message["content"]?.elements ?? []).compactMap { part in
    switch part.string("type") {
    case "input_text" where !isContextPart(part) && !isImageMark(part):
      JSONText(part["text"]).map { .text($0) }
    case "input_image": JSONText(part["image_url"]).map { .image(url: $0) }
    case "input_audio": JSONText(part["audio_url"]).map { .audio(url: $0) }
    default: nil
    }
  }
}

private func textElements(_ elements: JSONValue?) -> [TextElement] {
  (elements?.elements ?? []).compactMap { TextElement($0) }
}

/// The texts of a message, joined.
func joinedText(_ content: JSONValue?) -> String {
  (content?.elements ?? []).compactMap { $0.string("text") }.joined()
}

/// The same, as it goes out.
func joinedJSONText(_ content: JSONValue?) -> JSONText {
  var text = JSONText()
  content?.forEachElement { part in
    if let more = JSONText(part["text"]) { text += more }
  }
  return text
}

/// The texts of a response item that is reasoning: what the model summed up, and what it thought.
func reasoningText(_ item: JSONValue) -> ReasoningText {
  ReasoningText(
    summary: texts(item["summary"]), content: texts(item["content"]))
}

struct ReasoningText {
  var summary: [JSONText]
  var content: [JSONText]

  var isEmpty: Bool { summary.isEmpty && content.isEmpty }
}

private func texts(_ parts: JSONValue?) -> [JSONText] {
  (parts?.elements ?? []).compactMap { JSONText($0["text"]) }
}

/// A list of texts.
func strings(_ list: JSONValue?) -> [String] {
  (list?.elements ?? []).compactMap(\.asString)
}
