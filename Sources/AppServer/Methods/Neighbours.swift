import JSON
import JSONRPC
import Rollouts
import System

// What clients call on their way to the threads. The answers are those of a server that has neither
// a model nor an account, and all that there is to say about them (PROTOCOL.md 9).

/// A method whose answer is always the same: what a blank response says.
protocol FixedAnswer: Method where Response: WireObject {}

extension FixedAnswer {
  static func touched(by params: Params, on server: Server) -> Touched { .nothing }

  static func respond(to params: Params, on server: Server) throws(RPCError) -> Reply<Response> {
    .now(Response())
  }
}

/// The same about a thread, which has to be loaded or stored.
protocol FixedAnswerAboutThread: FixedAnswer where Params: NamesThread {}

extension FixedAnswerAboutThread {
  static func touched(by params: Params, on server: Server) -> Touched {
    .thread(params.threadID, .read)
  }

  static func respond(to params: Params, on server: Server) throws(RPCError) -> Reply<Response> {
    let id = try UUID(threadID: params.threadID)
    if server.loadedThreads[id] != nil { return .now(Response()) }
    do throws(StoreError) {
      _ = try server.store.thread(id)
    } catch {
      if case .notFound = error { throw .threadNotFound(id.description) }
      throw RPCError(error)
    }
    return .now(Response())
  }
}

/// Params that name a thread.
protocol NamesThread: WireObject {
  var threadID: String { get }
}

// MARK: - Lists of what there is none of

/// A list that comes in pages, and has nothing on the first.
protocol EmptyPages: FixedAnswer where Params == ListParams, Response == EmptyPage {}

/// A list that comes whole.
protocol EmptyList: FixedAnswer where Params == ListParams, Response == WholeEmptyList {}

enum SkillsList: EmptyList { static let name = "skills/list" }
enum HooksList: EmptyList { static let name = "hooks/list" }
enum AppList: EmptyPages { static let name = "app/list" }
enum MCPServerStatusList: EmptyPages { static let name = "mcpServerStatus/list" }
enum CollaborationModeList: EmptyList { static let name = "collaborationMode/list" }
enum PermissionProfileList: EmptyPages { static let name = "permissionProfile/list" }
enum ExperimentalFeatureList: EmptyPages { static let name = "experimentalFeature/list" }
enum ThreadSectionList: EmptyPages { static let name = "threadSection/list" }

/// What the lists have in common; how each may be narrowed besides does not matter to an empty one.
struct ListParams: WireObject {
  var cursor: String?
  var limit: UInt32?

  mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("cursor", &cursor)
    try field("limit", &limit)
  }
}

struct WholeEmptyList: WireObject {
  var data: [RawJSON] = []

  mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("data", &data)
  }
}

struct EmptyPage: WireObject {
  var data: [RawJSON] = []
  var nextCursor: String?

  mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("data", &data)
    try field("nextCursor", &nextCursor)
  }
}

enum PluginList: FixedAnswer {
  static let name = "plugin/list"

  typealias Params = ListParams

  struct Response: WireObject {
    var marketplaces: [RawJSON] = []
    var marketplaceLoadErrors: [RawJSON] = []
    var featuredPluginIDs: [String] = []

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("marketplaces", &marketplaces)
      try field("marketplaceLoadErrors", &marketplaceLoadErrors)
      try field("featuredPluginIds", &featuredPluginIDs)
    }
  }
}

// MARK: - Of a thread

/// The thread's goal: only a model could pursue one.
enum ThreadGoalGet: FixedAnswerAboutThread {
  static let name = "thread/goal/get"

  typealias Params = ThreadParams

  struct Response: WireObject {
    var goal: RawJSON?

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("goal", &goal)
    }
  }
}

/// What waits to be said to the model.
enum ThreadQueueList: FixedAnswerAboutThread {
  static let name = "thread/queue/list"

  struct Params: NamesThread {
    static let wireName = "ThreadQueueListParams"

    var threadID = ""
    var page = ListParams()

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("threadId", &threadID)
      try page.fields(&field)
    }
  }

  typealias Response = EmptyPage
}

/// Nothing but the thread.
struct ThreadParams: NamesThread {
  var threadID = ""

  mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("threadId", &threadID)
  }
}

// MARK: - The account

/// Who is logged in: nobody, and nobody has to be.
enum AccountRead: FixedAnswer {
  static let name = "account/read"

  struct Params: WireObject {
    static let wireName = "GetAccountParams"

    /// Taken; there is no token.
    var refreshToken = false

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("refreshToken", &refreshToken, .defaulted)
    }
  }

  struct Response: WireObject {
    var account: RawJSON?
    var requiresOpenAIAuth = false
    var workspaceRouting: RawJSON?

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("account", &account)
      try field("requiresOpenaiAuth", &requiresOpenAIAuth)
      try field("workspaceRouting", &workspaceRouting)
    }
  }
}

/// There is nobody to log out.
enum AccountLogout: FixedAnswer {
  static let name = "account/logout"

  typealias Params = NoParams

  struct Response: WireObject {
    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {}
  }
}

/// How much an account may still use; without one there is nothing to tell.
enum AccountRateLimitsRead: Method {
  static let name = "account/rateLimits/read"

  typealias Params = NoParams
  typealias Response = NoResponse

  static func touched(by params: Params, on server: Server) -> Touched { .nothing }

  static func respond(to params: Params, on server: Server) throws(RPCError) -> Reply<Response> {
    throw .noAccount
  }
}

/// What an administrator demands of the config: nothing.
enum ConfigRequirementsRead: FixedAnswer {
  static let name = "configRequirements/read"

  typealias Params = NoParams

  struct Response: WireObject {
    var requirements: RawJSON?

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("requirements", &requirements)
    }
  }
}
