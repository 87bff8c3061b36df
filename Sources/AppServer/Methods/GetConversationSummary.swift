import History
import JSON
import JSONRPC
import Protocol
import Rollouts
import System

/// `getConversationSummary`: a stored thread in a few words, in the shape of the protocol's first
/// revision.
enum GetConversationSummary: Method {
  static let name = "getConversationSummary"

  /// One of two members, whichever has the right shape.
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

  static func touched(by params: Params, on server: Server) -> Touched {
    switch params {
    case .path(let path): server.touched(path: path, .read)
    case .id(let id): .threads([id], .read)
    }
  }

  static func respond(to params: Params, on server: Server) throws(RPCError) -> Reply<Response> {
    try OpenedThread.open(try place(of: params, on: server), .summary, on: server) {
      (opened, server) in
      var response = Response()
      response.summary = ConversationSummary(opened, on: server)
      return .now(response)
    }
  }

  private static func place(
    of params: Params, on server: Server
  ) throws(RPCError) -> RolloutStore.Place {
    do throws(StoreError) {
      switch params {
      case .path(let path):
        return try server.store.thread(atPath: path, relativeTo: server.host.directory)
      case .id(let id): return try server.store.thread(id)
      }
    } catch {
      if case .notFound(let id) = error { throw .conversationNotFound(id.description) }
      throw RPCError(error)
    }
  }
}

struct ConversationSummary: WireObject {
  var conversationID = ""
  var path = ""
  var preview = ""
  /// RFC 3339.
  var timestamp: String?
  var updatedAt: String?
  var modelProvider = ""
  var cwd = ""
  var cliVersion = ""
  /// As the first revision names it.
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

  init(_ opened: OpenedThread, on server: Server) {
    let row = ThreadRow(opened, on: server)
    let thread = Protocol.Thread(row, name: nil, loaded: nil, on: server)
    conversationID = thread.id
    path = opened.place.path
    preview = thread.preview
    timestamp = RFC3339.format(row.createdAt)
    updatedAt = RFC3339.format(row.updatedAt)
    modelProvider = thread.modelProvider
    cwd = thread.cwd
    cliVersion = thread.cliVersion
    source = thread.source.inFirstRevision
    gitInfo = thread.gitInfo.map { ConversationGitInfo($0) }
  }
}

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
  fileprivate var inFirstRevision: RawJSON {
    switch self {
    case .appServer: RawJSON("mcp")
    case .subAgent(let agent): RawJSON(WireMap([(name: "subagent", value: agent)]))
    case .cli, .vscode, .exec, .unknown, .custom: RawJSON(self)
    }
  }
}
