import JSON
import Protocol
import Rollouts

extension ThreadItem.DynamicToolCall: ItemKind {
  static var events: [EventKind] { [.dynamicToolCallResponse] }
  static var completedTypes: [String] { ["DynamicToolCall"] }

  static func item(_ event: EventKind, _ payload: JSONValue, id: String) -> ThreadItem? {
    .dynamicToolCall(Self(payload, id: id))
  }

  static func item(completed item: JSONValue, id: String) -> ThreadItem? {
    .dynamicToolCall(Self(item, id: id))
  }

  /// Creates an item from an event or a completed item, which have equal members.
  private init(_ source: JSONValue, id: String) {
    self.init()
    self.id = id
    namespace = source.string("namespace")
    tool = source.string("tool") ?? ""
    arguments = source["arguments"].map { RawJSON($0) } ?? .null
    success = source["success"]?.asBool
    status = source.name("status") ?? (success == false ? .failed : .completed)
    durationMs = source.milliseconds("duration")
    contentItems = source.present("content_items").map { items in
      items.elements.compactMap { DynamicToolCallOutputContentItem(recorded: $0) }
    }
  }

  var searchedTexts: [String] {
    [tool] + arguments.strings
      + (contentItems ?? []).compactMap { part in
        if case .inputText(let part) = part { part.text.string } else { nil }
      }
  }
}

extension DynamicToolCallOutputContentItem {
  /// Creates a part from a recorded one, whose names are those of the wire or in snake_case.
  fileprivate init?(recorded part: JSONValue) {
    switch part.string("type")?.camelCased {
    case "inputText":
      var text = InputText()
      text.text = JSONText(part["text"]) ?? ""
      self = .inputText(text)
    case "inputImage":
      var image = InputImage()
      image.imageURL = JSONText(part["imageUrl"] ?? part["image_url"]) ?? ""
      self = .inputImage(image)
    case "inputAudio":
      var audio = InputAudio()
      audio.audioURL = JSONText(part["audioUrl"] ?? part["audio_url"]) ?? ""
      self = .inputAudio(audio)
    default: return nil
    }
  }
}
