import JSON
import Platform
import Protocol
import Rollouts

extension ThreadItem.FileChange: ItemKind {
  static var events: [EventKind] { [.patchApplyEnd] }
  static var completedTypes: [String] { ["FileChange"] }
  static func effect(ofTool name: String) -> ToolEffect? {
    name == ToolName.applyPatch ? .item : nil
  }

  static func item(_ event: EventKind, _ payload: JSONValue, id: String) -> ThreadItem? {
    .fileChange(Self(payload, id: id))
  }

  static func item(completed item: JSONValue, id: String) -> ThreadItem? {
    .fileChange(Self(item, id: id))
  }

  /// Creates an item from an event or a completed item, which have equal members.
  private init(_ source: JSONValue, id: String) {
    var changes: [FileUpdateChange] = []
    source["changes"]?.forEachMember { path, change in
      let path = RecordedPath(path.asString ?? "").text
      if let change = FileUpdateChange(path, change) { changes.append(change) }
    }
    let hasFailed = source["success"]?.asBool == false
    self.init(id: id, changes, source.name("status") ?? (hasFailed ? .failed : .completed))
  }

  private init(id: String, _ changes: [FileUpdateChange], _ status: PatchApplyStatus) {
    self.init()
    self.id = id
    self.changes = changes.sorted { $0.path < $1.path }
    self.status = status
  }

  var searchedTexts: [String] { changes.flatMap { [$0.path, $0.diff.string] } }
}

// Items that are made of calls.
extension ThreadItem.FileChange {
  static func item(_ call: ToolCall, _ output: ToolOutput?) -> ThreadItem? {
    guard let text = call.arguments?.string("input") ?? call.input?.asString,
      let patch = PatchText(text)
    else { return nil }
    let applied = PatchText.Applied(patch: patch, directory: nil)
    return item(applied, in: call.directory, call, output)
  }

  /// The item of a command that applies a patch.
  ///
  /// - Parameter directory: The working directory of the command.
  static func item(
    _ applied: PatchText.Applied, in directory: RecordedPath, _ call: ToolCall,
    _ output: ToolOutput?
  ) -> ThreadItem {
    let directory = applied.directory.map { RecordedPath($0).against(directory) } ?? directory
    let changes = applied.patch.changes.map { FileUpdateChange($0, in: directory) }
    return .fileChange(Self(id: call.id, changes, status(call, output)))
  }

  /// The status by the output: a patch was applied if the exit code or the text says so, or, in a
  /// code cell, if the cell completed.
  private static func status(_ call: ToolCall, _ output: ToolOutput?) -> PatchApplyStatus {
    guard let output else { return call.isFollowed ? .completed : .failed }
    let result = CommandOutput(output)
    if result.isDeclined { return .declined }
    if let cell = output.cell, result.isCompleted { return cell.hasFailed ? .failed : .completed }
    return result.exitCode == 0 || output.text.contains("Success. Updated") ? .completed : .failed
  }
}

extension FileUpdateChange {
  /// Creates the change of one file from a record; nil where it has a type that clients do not
  /// know.
  fileprivate init?(_ path: String, _ change: JSONValue) {
    switch change.string("type") {
    case "add": self.init(path, .add, JSONText(change["content"]) ?? "")
    case "delete": self.init(path, .delete, JSONText(change["content"]) ?? "")
    case "update":
      let target = change.string("move_path").map { RecordedPath($0).text }
      self.init(path, update: JSONText(change["unified_diff"]) ?? "", movedTo: target)
    default: return nil
    }
  }

  /// Creates the change of one file from a patch, its paths resolved against a directory.
  fileprivate init(_ change: PatchText.Change, in directory: RecordedPath) {
    let path = RecordedPath(change.path).against(directory).text
    switch change.kind {
    case .add: self.init(path, .add, JSONText(change.diff))
    case .delete: self.init(path, .delete, "")
    case .update(let target):
      let target = target.map { RecordedPath($0).against(directory).text }
      self.init(path, update: JSONText(change.diff), movedTo: target)
    }
  }

  private init(_ path: String, _ kind: PatchChangeKind, _ diff: JSONText) {
    self.init()
    self.path = path
    self.kind = kind
    self.diff = diff
  }

  /// Creates the change of an updated file. If the file was moved, the diff says so too.
  private init(_ path: String, update diff: JSONText, movedTo target: String?) {
    var update = PatchChangeKind.Update()
    update.movePath = target
    self.init(path, .update(update), diff)
    if let target { self.diff += JSONText("\n\nMoved to: \(target)") }
  }
}
