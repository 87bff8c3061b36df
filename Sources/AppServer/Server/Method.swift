import JSON
import JSONRPC

/// A method of the protocol: its name, what it takes, what it gives, and how it is answered.
///
/// Each method is one file in `Methods/`, one line in `MethodTable` and at least one exchange in
/// `Fixtures/exchanges`.
protocol Method: SendableMetatype {
  /// `NoParams` where a request may come without any.
  associatedtype Params: WireValue
  associatedtype Response: WireValue

  /// The name on the wire, such as `thread/resume`.
  static var name: String { get }

  /// What a request reads and what it changes, from which its place among other requests follows.
  static func touched(by params: Params, on server: Server) -> Touched

  /// Answers one request: at once, or with work that is done beside the loop.
  ///
  /// What is said through `server.outbox` here goes out before the answer; what has to follow it is
  /// added with `Reply.then`.
  static func respond(to params: Params, on server: Server) throws(RPCError) -> Reply<Response>
}

/// What a method takes that may be called without `params` (PROTOCOL.md 9, marked ∅).
struct NoParams: WireValue {
  init() {}
  init(json: JSONValue) {}
  func write(to out: inout JSONWriter) { out.null() }
  static func schema(_: inout SchemaBuilder) -> Schema { .anything }
  static var whenMissing: NoParams? { NoParams() }
}

/// What a method gives that is always refused.
enum NoResponse: WireValue {
  init(json: JSONValue) throws(JSONError) { throw .invalidType(json, expected: "nothing") }
  func write(to out: inout JSONWriter) {}
  static func schema(_: inout SchemaBuilder) -> Schema { .anything }
}

extension Method {
  /// Decodes the params of a request, which come with what is left to do for it.
  static func request(
    _ id: RequestID, _ json: JSONValue?, on server: Server
  ) throws(RPCError) -> Request {
    let params = try decode(json)
    // A request's own faults come before that of coming too early (PROTOCOL.md 2).
    if server.client == nil, name != Initialize.name { throw .notInitialized }
    return Request(
      id: id, touched: touched(by: params, on: server), size: json?.text.count ?? 0
    ) { (request, server) throws(RPCError) in
      server.settle(request, with: try respond(to: params, on: server))
    }
  }

  private static func decode(_ params: JSONValue?) throws(RPCError) -> Params {
    do throws(JSONError) {
      if let params, !params.isNull { return try Params(json: params) }
      guard let nothing = Params.whenMissing else { throw .missingField("params") }
      return nothing
    } catch {
      throw .malformed(error)
    }
  }
}
