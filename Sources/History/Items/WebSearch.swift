import JSON
import Protocol
import Rollouts

extension ThreadItem.WebSearch: ItemKind {
  static var events: [EventKind] { [.webSearchEnd] }
  static var completedTypes: [String] { ["WebSearch"] }
  static var extensionKinds: [String] { ["web.search"] }
  static var callItems: [ResponseItemKind] { [.webSearchCall] }

  static func item(_ event: EventKind, _ payload: JSONValue, id: String) -> ThreadItem? {
    .webSearch(Self(payload, id: id))
  }

  static func item(completed item: JSONValue, id: String) -> ThreadItem? {
    .webSearch(Self(item, id: id))
  }

  static func item(_ call: ToolCall, _ output: ToolOutput?) -> ThreadItem? {
    var item = Self(call.payload, id: call.id)
    if item.query.isEmpty { item.query = item.action?.inWords ?? "" }
    return .webSearch(item)
  }

  private init(_ source: JSONValue, id: String) {
    self.init()
    self.id = id
    query = source.string("query") ?? ""
    action = source.present("action").map { WebSearchAction(recorded: $0) }
    results = source["results"].flatMap { $0.kind == .array ? RawJSON($0) : nil }
  }

  /// A signature by which two records of one search are recognized; nil where the record has none.
  ///
  /// - Parameter source: The event, completed item or response item.
  static func signature(of source: JSONValue) -> String? {
    source.present("action").flatMap { WebSearchAction(recorded: $0).inWords }
  }

  var searchedTexts: [String] { [query] }
}

extension WebSearchAction {
  /// Creates an action from a record. Its names are in snake_case, or those of the wire in
  /// completed items of the type `Extension`.
  fileprivate init(recorded action: JSONValue) {
    switch action.string("type")?.camelCased {
    case "search":
      var search = Search()
      search.query = action.string("query")
      search.queries = action.present("queries").map { $0.strings }
      self = .search(search)
    case "openPage":
      var open = OpenPage()
      open.url = action.string("url")
      self = .openPage(open)
    case "findInPage":
      var find = FindInPage()
      find.url = action.string("url")
      find.pattern = action.string("pattern")
      self = .findInPage(find)
    default: self = .other
    }
  }

  /// The search in words, as the events of the original describe it; nil where the action has none.
  fileprivate var inWords: String? {
    switch self {
    case .search(let search):
      if let query = search.query, !query.isEmpty { return query }
      guard let first = search.queries?.first else { return nil }
      return (search.queries ?? []).count > 1 && !first.isEmpty ? "\(first) ..." : first
    case .openPage(let open): return open.url
    case .findInPage(let find):
      guard let pattern = find.pattern else { return find.url }
      return find.url.map { "'\(pattern)' in \($0)" } ?? "'\(pattern)'"
    case .other: return nil
    }
  }
}
