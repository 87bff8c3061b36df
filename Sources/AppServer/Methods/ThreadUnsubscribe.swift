import JSON
import JSONRPC
import Platform

/// `thread/unsubscribe`: ends the notifications about a thread's turns and items. The thread stays
/// loaded.
enum ThreadUnsubscribe: Method {
  static let name = "thread/unsubscribe"

  struct Params: WireObject {
    static let wireName = "ThreadUnsubscribeParams"

    var threadID = ""

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("threadId", &threadID)
    }
  }

  struct Response: WireObject {
    static let wireName = "ThreadUnsubscribeResponse"

    var status = Status.notLoaded

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("status", &status)
    }
  }

  /// The state of the thread before the request.
  enum Status: String, WireEnum {
    case notLoaded
    case notSubscribed
    case unsubscribed
  }

  static func touches(_ params: Params) -> Touches { .loadedThread(params.threadID, .open) }

  static func respond(
    to params: Params, _ context: RequestContext
  ) throws -> Reply<Response> {
    let id = try UUID(threadID: params.threadID)
    var response = Response()
    if let loaded = context.session.loadedThreads[id] {
      response.status = loaded.unsubscribe() ? .unsubscribed : .notSubscribed
    }
    return .value(response)
  }
}
