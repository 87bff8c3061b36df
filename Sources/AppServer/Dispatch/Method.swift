import JSON
import JSONRPC
import Library
import Platform

/// A method of the protocol: its name, its params and response, and how a request is answered.
///
/// Each method has a file in `Methods/`, a line in `StandardMethods` and at least one exchange in
/// `Fixtures/exchanges`.
protocol Method: SendableMetatype {
  /// The params of a request; `NoParams` for a method that can be called without params.
  associatedtype Params: WireValue & Sendable
  /// The result of a request; `NoResponse` for a method that is always refused.
  associatedtype Response: WireValue

  /// The name of the method in the protocol, for example `thread/resume`.
  static var name: String { get }

  /// Whether the method can be called before the handshake.
  static var isHandshake: Bool { get }

  /// What a request reads and changes, which decides about its order among other requests.
  static func touches(_ params: Params) -> Touches

  /// Answers a request. This is called on any thread and may wait for the disk.
  ///
  /// Notifications that are sent in this function precede the answer. Notifications after the
  /// answer are added with `Reply.then`.
  ///
  /// - Throws: The reason why the request is refused, as an `RPCError`, `LibraryError`,
  ///   `ChangeError` or `SettingsError`.
  static func respond(
    to params: Params, _ context: RequestContext
  ) throws -> Reply<Response>

  /// The error for a missing thread. Its text differs by method, and clients compare it.
  static func notFound(_ id: UUID) -> RPCError
}

extension Method {
  static var isHandshake: Bool { false }
  static func notFound(_ id: UUID) -> RPCError { .rolloutNotFound(id) }
}

/// Params of a method that can be called without `params` (marked ∅ in PROTOCOL.md 9).
struct NoParams: WireValue {
  init() {}
  init(json: JSONValue) {}
  func write(to out: inout JSONWriter) { out.null() }
  static func schema(_: inout SchemaBuilder) -> Schema { .anything }
  static var whenMissing: NoParams? { NoParams() }
}

/// The response of a method that is always refused.
enum NoResponse: WireValue {
  init(json: JSONValue) throws(JSONError) { throw .invalidType(json, expected: "nothing") }
  func write(to out: inout JSONWriter) {}
  static func schema(_: inout SchemaBuilder) -> Schema { .anything }
}

/// The response of methods that return nothing.
struct EmptyResponse: WireObject {
  mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {}
}
