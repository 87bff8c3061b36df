import JSON
import JSONRPC
import Platform

/// `server/diagnostics`: the memory of the process and the numbers of requests and threads.
enum ServerDiagnostics: Method {
  static let name = "server/diagnostics"

  struct Params: WireObject {
    static let wireName = "ServerDiagnosticsParams"

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {}
  }

  struct Response: WireObject {
    static let wireName = "ServerDiagnosticsResponse"

    var process = Process()
    var gauges: [Gauge] = []

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("process", &process)
      try field("gauges", &gauges)
    }
  }

  /// The process of the server.
  struct Process: WireObject {
    static let wireName = "ServerDiagnosticsProcess"

    var id: UInt32 = 0
    /// The resident memory in bytes; null if the system does not tell it.
    var residentMemoryBytes: UInt64?
    /// Always null, because its meaning differs by system.
    var physicalFootprintBytes: UInt64?

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("id", &id)
      try field("residentMemoryBytes", &residentMemoryBytes)
      try field("physicalFootprintBytes", &physicalFootprintBytes)
    }
  }

  /// A number that can increase and decrease.
  struct Gauge: WireObject {
    static let wireName = "ServerDiagnosticsGauge"

    var name = ""
    var value: UInt64 = 0

    init() {}

    init(_ name: String, _ value: Int) {
      self.name = name
      self.value = UInt64(value)
    }

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("name", &name)
      try field("value", &value)
    }
  }

  static func touches(_ params: Params) -> Touches { .nothing }

  static func respond(to params: Params, _ context: RequestContext) -> Reply<Response> {
    var response = Response()
    response.process.id = UInt32(SystemInfo.processID)
    response.process.residentMemoryBytes = SystemInfo.residentMemory.map { UInt64($0) }
    let counts = context.queueCounts
    response.gauges = [
      Gauge("app.requests.in_flight", counts.running + 1),  // Including this request.
      Gauge("app.requests.queued", counts.waiting),
      Gauge("app.threads.loaded", context.session.loadedThreads.ids.count),
    ]
    return .value(response)
  }
}
