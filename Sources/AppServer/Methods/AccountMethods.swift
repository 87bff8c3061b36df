import JSON
import JSONRPC

/// `account/read`: the account that is logged in. There is none, and none is needed.
enum AccountRead: FixedAnswer {
  static let name = "account/read"

  struct Params: WireObject {
    static let wireName = "GetAccountParams"

    /// Accepted and ignored, because there is no token.
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

/// `account/logout`: logs out. There is no account, so nothing changes.
enum AccountLogout: FixedAnswer {
  static let name = "account/logout"

  typealias Params = NoParams

  typealias Response = EmptyResponse
}

/// `account/rateLimits/read`: the limits of the account. The request is refused, because there is
/// no account.
enum AccountRateLimitsRead: Method {
  static let name = "account/rateLimits/read"

  typealias Params = NoParams
  typealias Response = NoResponse

  static func touches(_ params: Params) -> Touches { .nothing }

  static func respond(
    to params: Params, _ context: RequestContext
  ) throws -> Reply<Response> {
    throw RPCError.noAccount
  }
}
