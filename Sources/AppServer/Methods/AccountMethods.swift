import JSON
import JSONRPC

/// `account/read`: who is logged in. Nobody is, and nobody has to be.
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

/// `account/logout`: there is nobody to log out.
enum AccountLogout: FixedAnswer {
  static let name = "account/logout"

  typealias Params = NoParams

  typealias Response = EmptyResponse
}

/// `account/rateLimits/read`: how much an account may still use. Without an account there is nothing
/// to tell.
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
