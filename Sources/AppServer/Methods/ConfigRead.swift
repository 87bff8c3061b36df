import JSON
import JSONRPC
import Settings

/// `config/read`: what config, profile and options say together.
enum ConfigRead: Method {
  static let name = "config/read"

  struct Params: WireObject {
    static let wireName = "ConfigReadParams"

    /// Taken; directories have no configs of their own here.
    var cwd: String?
    /// Taken; the layers are not told apart.
    var includeLayers = false

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("cwd", &cwd)
      try field("includeLayers", &includeLayers, .defaulted)
    }
  }

  struct Response: WireObject {
    static let wireName = "ConfigReadResponse"

    var config = ConfiguredSettings()
    /// Which layer a value comes from: not told.
    var origins = WireMap<RawJSON>()

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("config", &config)
      try field("origins", &origins)
    }
  }

  static func touches(_ params: Params) -> Touches { .nothing }

  static func respond(to params: Params, _ context: RequestContext) -> Reply<Response> {
    let session = context.session
    var response = Response()
    response.config = session.settings.configured(serverDirectory: session.host.directory)
    return .value(response)
  }
}
