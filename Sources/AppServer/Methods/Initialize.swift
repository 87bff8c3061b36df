import JSON
import JSONRPC
import Settings

/// `initialize`: the handshake, which must be the first request of a connection and happens once.
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

    /// Accepted and ignored: all methods are available without it.
    var experimentalAPI = false
    /// The methods of notifications that the client does not want.
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

  static let isHandshake = true

  static func touches(_ params: Params) -> Touches { .nothing }

  static func respond(
    to params: Params, _ context: RequestContext
  ) throws -> Reply<Response> {
    let session = context.session
    let client = params.clientInfo
    guard session.client == nil else { throw RPCError.alreadyInitialized }
    guard client.name.isHeaderValue else { throw RPCError.invalidClientName(client.name) }
    try session.setClient(client)
    session.connection.optOut(of: Set(params.capabilities?.optOutNotificationMethods ?? []))
    var response = Response()
    response.userAgent = userAgent(of: client, session)
    response.codexHome = session.host.home
    response.platformOS = session.host.platform
    return session.settings.warnings.reduce(.value(response)) { $0.then("configWarning", $1) }
  }

  private static func userAgent(of client: ClientInfo, _ session: Session) -> String {
    let host = session.host
    return "\(session.originator)/\(Version.inUserAgent) "
      + "(\(host.operatingSystem); \(host.architecture)) "
      + "\(host.terminal) (\(client.name); \(client.version))"
  }
}
