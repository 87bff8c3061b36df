import JSON
import JSONRPC
import Settings

/// `initialize`: the handshake; every connection starts with it, once.
enum Initialize: Method {
  static let name = "initialize"

  struct Params: WireObject {
    static let wireName = "InitializeParams"

    var clientInfo = ClientInfo()
    var capabilities: Capabilities?

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("clientInfo", &clientInfo)
      try field("capabilities", &capabilities)
    }
  }

  struct Capabilities: WireObject {
    static let wireName = "InitializeCapabilities"

    /// Taken and not asked for: nothing about stored threads is refused for want of it.
    var experimentalAPI = false
    var optOutNotificationMethods: [String]?

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("experimentalApi", &experimentalAPI, .defaulted)
      try field("optOutNotificationMethods", &optOutNotificationMethods, .newer)
    }
  }

  struct Response: WireObject {
    static let wireName = "InitializeResponse"

    /// `ORIGINATOR/VERSION (SYSTEM; ARCHITECTURE) TERMINAL (CLIENT; CLIENT'S VERSION)`.
    var userAgent = ""
    var codexHome = ""
    var platformFamily = "unix"
    var platformOS = ""

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("userAgent", &userAgent)
      try field("codexHome", &codexHome)
      try field("platformFamily", &platformFamily)
      try field("platformOs", &platformOS)
    }
  }

  static func touched(by params: Params, on server: Server) -> Touched {
    .nothing
  }

  static func respond(to params: Params, on server: Server) throws(RPCError) -> Reply<Response> {
    guard server.client == nil else { throw .alreadyInitialized }
    let client = params.clientInfo
    guard client.name.isHeaderValue else { throw .invalidClientName(client.name) }
    server.client = client
    server.outbox.optedOut = Set(params.capabilities?.optOutNotificationMethods ?? [])
    var response = Response()
    response.userAgent = userAgent(of: client, on: server)
    response.codexHome = server.host.home
    response.platformOS = server.host.platform
    return .now(response).then { server in
      for warning in server.settings.warnings {
        server.outbox.notify("configWarning", warning)
      }
    }
  }

  private static func userAgent(of client: ClientInfo, on server: Server) -> String {
    let host = server.host
    return "\(server.originator)/\(Version.inUserAgent) "
      + "(\(host.operatingSystem); \(host.architecture)) "
      + "\(host.terminal) (\(client.name); \(client.version))"
  }
}

/// Who is asking.
struct ClientInfo: WireObject, Equatable {
  var name = ""
  var title: String?
  var version = ""

  mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("name", &name)
    try field("title", &title)
    try field("version", &version)
  }
}
