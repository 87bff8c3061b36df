import History
import JSON
import JSONRPC
import Library
import Platform
import Protocol
import Rollouts
import Settings

/// `getConversationSummary`: a summary of a stored thread, in the format of the protocol's first
/// revision.
enum GetConversationSummary: Method {
  static let name = "getConversationSummary"

  /// A path or an id, whichever member has the right type. The path is checked first.
  enum Params: WireValue {
    case path(String)
    case id(UUID)

    init(json: JSONValue) throws(JSONError) {
      if let path = json.string("rolloutPath") {
        self = .path(path)
      } else if let id = json.string("conversationId").flatMap({ try? UUID($0) }) {
        self = .id(id)
      } else {
        throw JSONError(
          "data did not match any variant of untagged enum GetConversationSummaryParams")
      }
    }

    func write(to out: inout JSONWriter) {
      switch self {
      case .path(let path): WireMap([(name: "rolloutPath", value: path)]).write(to: &out)
      case .id(let id): WireMap([(name: "conversationId", value: "\(id)")]).write(to: &out)
      }
    }

    static func schema(_: inout SchemaBuilder) -> Schema {
      .anyOf([
        .object(withOnly: "rolloutPath", .type("string")),
        .object(withOnly: "conversationId", .type("string")),
      ])
    }
  }

  struct Response: WireObject {
    static let wireName = "GetConversationSummaryResponse"

    var summary = ConversationSummary()

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("summary", &summary)
    }
  }

  static func touches(_ params: Params) -> Touches {
    switch params {
    case .path(let path): .path(path, .read)
    case .id(let id): .threads([id], .read)
    }
  }

  static func respond(
    to params: Params, _ context: RequestContext
  ) throws -> Reply<Response> {
    let session = context.session
    let found = try find(params, session.library)
    try context.touch(found.location.id, .read)
    let snapshot = try session.snapshot(of: found, .summary)
    var response = Response()
    response.summary = ConversationSummary(snapshot, session)
    return .value(response)
  }

  static func notFound(_ id: UUID) -> RPCError { .conversationNotFound(id) }

  private static func find(
    _ params: Params, _ library: ThreadLibrary
  ) throws(LibraryError) -> FoundThread {
    switch params {
    case .path(let path): try library.find(atPath: path)
    case .id(let id): try library.store.find(id)
    }
  }
}

/// A summary of a thread, in the format of the protocol's first revision.
struct ConversationSummary: WireObject {
  var conversationID = ""
  var path = ""
  var preview = ""
  /// When the thread was created, in RFC 3339.
  var timestamp: String?
  /// When the last message of the thread was written, in RFC 3339.
  var updatedAt: String?
  var modelProvider = ""
  var cwd = ""
  var cliVersion = ""
  /// The source, as the first revision of the protocol writes it.
  var source = RawJSON.null
  var gitInfo: ConversationGitInfo?

  mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("conversationId", &conversationID)
    try field("path", &path)
    try field("preview", &preview)
    try field("timestamp", &timestamp)
    try field("updatedAt", &updatedAt)
    try field("modelProvider", &modelProvider)
    try field("cwd", &cwd)
    try field("cliVersion", &cliVersion)
    try field("source", &source)
    try field("gitInfo", &gitInfo)
  }

  init() {}

  /// Creates the summary of a thread.
  init(_ snapshot: ThreadSnapshot, _ session: Session) {
    let overview = session.library.overview(of: snapshot)
    let thread = Protocol.Thread(overview, modelProvider: session.settings.modelProvider)
    conversationID = thread.id
    path = overview.location.path
    preview = thread.preview
    timestamp = RFC3339.format(overview.createdAt)
    updatedAt = RFC3339.format(overview.updatedAt)
    modelProvider = thread.modelProvider
    cwd = thread.cwd
    cliVersion = thread.cliVersion
    source = thread.source.inFirstRevision
    gitInfo = thread.gitInfo.map { ConversationGitInfo($0) }
  }
}

/// Git information, in the format of the protocol's first revision.
struct ConversationGitInfo: WireObject {
  var sha: String?
  var branch: String?
  var originURL: String?

  mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("sha", &sha)
    try field("branch", &branch)
    try field("origin_url", &originURL)
  }
}

extension ConversationGitInfo {
  fileprivate init(_ git: GitInfo) {
    sha = git.sha
    branch = git.branch
    originURL = git.originURL
  }
}

extension SessionSource {
  /// The source, as the first revision of the protocol writes it.
  fileprivate var inFirstRevision: RawJSON {
    switch self {
    case .appServer: RawJSON("mcp")
    case .subAgent(let agent): RawJSON(WireMap([(name: "subagent", value: agent)]))
    case .cli, .vscode, .exec, .unknown, .custom: RawJSON(self)
    }
  }
}
