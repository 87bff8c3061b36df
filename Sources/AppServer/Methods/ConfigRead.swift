import JSON
import JSONRPC
import Settings

/// `config/read`: the settings that config, profile and options give together.
enum ConfigRead: Method {
  static let name = "config/read"

  struct Params: WireObject {
    static let wireName = "ConfigReadParams"

    /// Accepted and ignored, because directories have no configs of their own here.
    var cwd: String?
    /// Accepted and ignored, because the layers are not distinguished.
    var includeLayers = false

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("cwd", &cwd)
      try field("includeLayers", &includeLayers, .defaulted)
    }
  }

  struct Response: WireObject {
    static let wireName = "ConfigReadResponse"

    var config = ConfiguredSettings()
    /// The layer of each value; always empty.
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
