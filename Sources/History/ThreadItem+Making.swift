import JSON
import Protocol

// The items that are made in one go.

extension ThreadItem.UserMessage {
  init(id: String, content: [UserInput], clientID: String? = nil) {
    self.init()
    self.id = id
    self.content = content
    self.clientID = clientID
  }
}

extension ThreadItem.HookPrompt {
  init(id: String, fragments: [(text: String, runID: String)]) {
    self.init()
    self.id = id
    self.fragments = fragments.map { text, runID in
      var fragment = HookPromptFragment()
      fragment.text = JSONText(text)
      fragment.hookRunID = runID
      return fragment
    }
  }
}

extension ThreadItem.AgentMessage {
  /// - Parameter source: What tells the phase and the memories.
  init(id: String, text: JSONText, of source: JSONValue) {
    self.init()
    self.id = id
    self.text = text
    phase = source.string("phase").flatMap { MessagePhase(rawValue: $0) }
    memoryCitation = source.present("memory_citation").flatMap { MemoryCitation($0) }
  }
}

extension ThreadItem.Reasoning {
  init(id: String, summary: [JSONText] = [], content: [JSONText] = []) {
    self.init()
    self.id = id
    self.summary = summary
    self.content = content
  }
}

extension ThreadItem.Plan {
  init(id: String, text: JSONText) {
    self.init()
    self.id = id
    self.text = text
  }
}

extension ThreadItem.FileChange {
  init(id: String, changes: [FileUpdateChange], status: PatchApplyStatus) {
    self.init()
    self.id = id
    self.changes = changes.sorted { $0.path < $1.path }
    self.status = status
  }
}

extension FileUpdateChange {
  init(path: String, kind: PatchChangeKind, diff: JSONText) {
    self.init()
    self.path = path
    self.kind = kind
    self.diff = diff
  }

  /// A changed file; where it was moved, its diff says so too.
  init(path: String, update diff: JSONText, movedTo target: String?) {
    var update = PatchChangeKind.Update()
    update.movePath = target
    self.init(path: path, kind: .update(update), diff: diff)
    if let target { self.diff += JSONText("\n\nMoved to: \(target)") }
  }
}

extension ThreadItem.ImageView {
  init(id: String, path: String) {
    self.init()
    self.id = id
    self.path = path
  }
}

extension ThreadItem.ReviewMode {
  init(id: String, review: JSONText) {
    self.init()
    self.id = id
    self.review = review
  }
}

extension ThreadItem.ContextCompaction {
  init(id: String) {
    self.init()
    self.id = id
  }
}

extension ThreadItem.Sleep {
  init(id: String, durationMs: UInt64) {
    self.init()
    self.id = id
    self.durationMs = durationMs
  }
}

// Their parts.

extension UserInput {
  static func text(_ text: JSONText, elements: [TextElement] = []) -> UserInput {
    var part = Text()
    part.text = text
    part.textElements = elements
    return .text(part)
  }

  static func image(url: JSONText) -> UserInput {
    var part = Image()
    part.url = url
    return .image(part)
  }

  static func localImage(path: String) -> UserInput {
    var part = LocalImage()
    part.path = path
    return .localImage(part)
  }

  static func audio(url: JSONText) -> UserInput {
    var part = Audio()
    part.url = url
    return .audio(part)
  }

  static func localAudio(path: String) -> UserInput {
    var part = LocalAudio()
    part.path = path
    return .localAudio(part)
  }
}

extension UserInput.Named {
  init?(_ part: JSONValue) {
    guard let name = part.string("name"), let path = part.string("path") else { return nil }
    self.init()
    self.name = name
    self.path = path
  }
}

extension TextElement {
  init?(_ element: JSONValue) {
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

extension MemoryCitation {
  init?(_ citation: JSONValue) {
    guard citation.kind == .object else { return nil }
    self.init()
    entries = (citation["entries"]?.elements ?? []).compactMap { MemoryCitationEntry($0) }
    threadIDs = strings(citation["rolloutIds"] ?? citation["rollout_ids"])
  }
}

extension MemoryCitationEntry {
  init?(_ entry: JSONValue) {
    guard let path = entry.string("path") else { return nil }
    self.init()
    self.path = path
    lineStart = (entry["lineStart"] ?? entry["line_start"])?.integer(as: UInt32.self) ?? 0
    lineEnd = (entry["lineEnd"] ?? entry["line_end"])?.integer(as: UInt32.self) ?? 0
    note = entry.string("note") ?? ""
  }
}

extension CommandAction {
  init(_ action: JSONValue, cwd: String) {
    let command = action.string("cmd") ?? ""
    switch action.string("type") {
    case "read":
      var read = Read()
      read.command = command
      read.name = action.string("name") ?? ""
      read.path = absolute(action.string("path") ?? "", in: cwd)
      self = .read(read)
    case "list_files":
      var list = ListFiles()
      list.command = command
      list.path = action.string("path")
      self = .listFiles(list)
    case "search":
      var search = Search()
      search.command = command
      search.query = action.string("query")
      search.path = action.string("path")
      self = .search(search)
    default: self = .unknown(command)
    }
  }

  static func unknown(_ command: String) -> CommandAction {
    var unknown = Unknown()
    unknown.command = command
    return .unknown(unknown)
  }
}

extension WebSearchAction {
  init(_ action: JSONValue) {
    switch action.string("type") {
    case "search":
      var search = Search()
      search.query = action.string("query")
      search.queries = action.present("queries").map { strings($0) }
      self = .search(search)
    case "open_page":
      var open = OpenPage()
      open.url = action.string("url")
      self = .openPage(open)
    case "find_in_page":
      var find = FindInPage()
      find.url = action.string("url")
      find.pattern = action.string("pattern")
      self = .findInPage(find)
    default: self = .other
    }
  }
}

extension McpToolCallResult {
  init(_ result: JSONValue) {
    self.init()
    content = (result["content"]?.elements ?? []).map { RawJSON($0) }
    structuredContent =
      (result["structuredContent"] ?? result["structured_content"]).map { RawJSON($0) }
    meta = result["_meta"].map { RawJSON($0) }
  }

  init(content: [RawJSON]) {
    self.init()
    self.content = content
  }
}

extension McpToolCallError {
  init(_ message: JSONText) {
    self.init()
    self.message = message
  }
}

extension DynamicToolCallOutputContentItem {
  /// Parts were recorded with the wire's names and with those of the disk.
  init?(_ part: JSONValue) {
    switch part.string("type") {
    case "inputText", "input_text":
      var text = InputText()
      text.text = JSONText(part["text"]) ?? ""
      self = .inputText(text)
    case "inputImage", "input_image":
      var image = InputImage()
      image.imageURL = JSONText(part["imageUrl"] ?? part["image_url"]) ?? ""
      self = .inputImage(image)
    case "inputAudio", "input_audio":
      var audio = InputAudio()
      audio.audioURL = JSONText(part["audioUrl"] ?? part["audio_url"]) ?? ""
      self = .inputAudio(audio)
    default: return nil
    }
  }
}
