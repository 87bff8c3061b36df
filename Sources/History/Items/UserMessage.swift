import JSON
import Protocol
import Rollouts

extension ThreadItem.UserMessage: ItemKind {
  static var events: [EventKind] { [.userMessage] }
  static var completedTypes: [String] { ["UserMessage"] }
  static var role: ItemRole { .userMessage }

  init(id: String, content: [UserInput], clientID: String? = nil) {
    self.init()
    self.id = id
    self.content = content
    self.clientID = clientID
  }

  static func item(_ event: EventKind, _ payload: JSONValue, id: String) -> ThreadItem? {
    .userMessage(
      Self(id: id, content: content(ofEvent: payload), clientID: payload.string("client_id")))
  }

  static func item(completed item: JSONValue, id: String) -> ThreadItem? {
    .userMessage(
      Self(id: id, content: content(ofCompleted: item), clientID: item.string("client_id")))
  }

  /// The texts are searched as one. An editor's addition before the user's own words is left out.
  var searchedTexts: [String] { [content.request] }
}

// The content of a message of the user, from any record that can hold one.
extension ThreadItem.UserMessage {
  /// The content of a message of the user; nil where the record is none.
  ///
  /// - Parameter part: The index of the message in a compaction.
  static func content(of record: Record, part: Int) -> [UserInput]? {
    switch record.kind {
    case .event(.userMessage): content(ofEvent: record.payload)
    case .event(.itemCompleted): record.payload["item"].map(content(ofCompleted:))
    default: ResponseMessage(record, part: part).map { content(of: $0) }
    }
  }

  private static func content(ofEvent payload: JSONValue) -> [UserInput] {
    var content: [UserInput] = []
    if let text = JSONText(payload["message"]), !text.isBlank {
      content.append(.text(text, payload["text_elements"]))
    }
    payload["images"]?.forEachElement { url in
      if let url = JSONText(url) { content.append(.image(UserInput.Image(url: url))) }
    }
    content += payload["local_images"]?.strings.map { .localImage(UserInput.LocalImage($0)) } ?? []
    payload["audio"]?.forEachElement { url in
      if let url = JSONText(url) { content.append(.audio(UserInput.Audio(url: url))) }
    }
    content += payload["local_audio"]?.strings.map { .localAudio(UserInput.LocalAudio($0)) } ?? []
    return content
  }

  /// The content of a completed item, whose names are in snake_case.
  private static func content(ofCompleted item: JSONValue) -> [UserInput] {
    (item["content"]?.elements ?? []).compactMap { part in
      switch part.string("type") {
      case "text": JSONText(part["text"]).map { .text($0, part["text_elements"]) }
      case "image": UserInput.Image(part).map { .image($0) }
      case "local_image":
        part.string("path").map { .localImage(UserInput.LocalImage($0, part.name("detail"))) }
      case "audio":
        JSONText(part["audio_url"] ?? part["url"]).map { .audio(UserInput.Audio(url: $0)) }
      case "local_audio": part.string("path").map { .localAudio(UserInput.LocalAudio($0)) }
      case "skill": UserInput.Named(part).map { .skill($0) }
      case "mention": UserInput.Named(part).map { .mention($0) }
      default: nil
      }
    }
  }

  /// The content of a response item, without context.
  static func content(of message: ResponseMessage) -> [UserInput] {
    message.userParts.compactMap { part in
      switch part.string("type") {
      case "input_text": JSONText(part["text"]).map { .text($0, nil) }
      case "input_image": UserInput.Image(part).map { .image($0) }
      case "input_audio": JSONText(part["audio_url"]).map { .audio(UserInput.Audio(url: $0)) }
      default: nil
      }
    }
  }
}

// The parts of the content.

extension UserInput {
  fileprivate static func text(_ text: JSONText, _ elements: JSONValue?) -> UserInput {
    var part = Text()
    part.text = text
    part.textElements = elements?.elements.compactMap { TextElement($0) } ?? []
    return .text(part)
  }
}

extension UserInput.Image {
  fileprivate init(url: JSONText) {
    self.init()
    self.url = url
  }

  /// Creates an image; nil where the part has neither a URL nor the id of an uploaded file.
  fileprivate init?(_ part: JSONValue) {
    self.init()
    url = JSONText(part["image_url"] ?? part["url"])
    fileID = part.string("file_id")
    detail = part.name("detail")
    if url == nil, fileID == nil { return nil }
  }
}

extension UserInput.LocalImage {
  fileprivate init(_ path: String, _ detail: ImageDetail? = nil) {
    self.init()
    self.path = path
    self.detail = detail
  }
}

extension UserInput.Audio {
  fileprivate init(url: JSONText) {
    self.init()
    self.url = url
  }
}

extension UserInput.LocalAudio {
  fileprivate init(_ path: String) {
    self.init()
    self.path = path
  }
}

extension UserInput.Named {
  fileprivate init?(_ part: JSONValue) {
    guard let name = part.string("name"), let path = part.string("path") else { return nil }
    self.init()
    self.name = name
    self.path = path
  }
}

extension TextElement {
  fileprivate init?(_ element: JSONValue) {
    let range = element["byte_range"]
    guard let start = range?["start"]?.integer(as: UInt64.self),
      let end = range?["end"]?.integer(as: UInt64.self)
    else { return nil }
    self.init()
    byteRange.start = start
    byteRange.end = end
    placeholder = element.string("placeholder")
  }
}
