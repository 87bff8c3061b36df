import JSON
import JSONRPC
import Library
import Platform

/// A method of the protocol: its name, what it takes, what it touches, and how it is answered.
///
/// Each method is one file in `Methods/`, one line in `StandardMethods` and at least one exchange in
/// `Fixtures/exchanges`.
protocol Method: SendableMetatype {
  /// `NoParams` where a request may come without any.
  associatedtype Params: WireValue & Sendable
  associatedtype Response: WireValue

  /// The name on the wire, such as `thread/resume`.
  static var name: String { get }

  /// Whether the method is answered before the handshake, too.
  static var isHandshake: Bool { get }

  /// What a request reads and what it changes, from which its place among other requests follows.
  static func touches(_ params: Params) -> Touches

  /// Answers one request, on any thread; it may take as long as a disk does.
  ///
  /// What is said through `context.session` goes out before the answer; what has to follow the answer
  /// is added with `Reply.then`.
  static func respond(
    to params: Params, _ context: RequestContext
  ) throws -> Reply<Response>

  /// What is said of a thread that is not there: clients match on the words, which differ by method.
  static func notFound(_ id: UUID) -> RPCError
}

extension Method {
  static var isHandshake: Bool { false }
  static func notFound(_ id: UUID) -> RPCError { .rolloutNotFound(id) }
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

/// The answer of methods that have nothing to tell.
struct EmptyResponse: WireObject {
  mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {}
}
