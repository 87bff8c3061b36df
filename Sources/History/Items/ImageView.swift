import JSON
import Protocol
import Rollouts

extension ThreadItem.ImageView: ItemKind {
  static var events: [EventKind] { [.viewImageToolCall] }
  static var completedTypes: [String] { ["ImageView"] }
  static func effect(ofTool name: String) -> ToolEffect? { name == "view_image" ? .item : nil }

  static func item(_ event: EventKind, _ payload: JSONValue, id: String) -> ThreadItem? {
    .imageView(Self(id: id, path: payload.path("path")))
  }

  static func item(completed item: JSONValue, id: String) -> ThreadItem? {
    .imageView(Self(id: id, path: item.path("path")))
  }

  /// The item of a call. A code cell that could not show the image is shown as a cell.
  static func item(_ call: ToolCall, _ output: ToolOutput?) -> ThreadItem? {
    if call.isInCell, !call.isFollowed, output?.isAccepted != true { return nil }
    return .imageView(Self(id: call.id, path: call.path("path")))
  }

  private init(id: String, path: String) {
    self.init()
    self.id = id
    self.path = path
  }

  var searchedTexts: [String] { [path] }
}
