import JSON
import JSONRPC
import Library
import Platform
import Protocol

/// The answer of methods that show one thread.
struct ThreadResponse: WireObject {
  static let wireName = "ThreadReadResponse"

  var thread = Protocol.Thread()

  mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("thread", &thread)
  }
}

extension Session {
  /// The reply that contains a thread with its turns.
  func answerWithTurns(_ snapshot: ThreadSnapshot) -> Reply<ThreadResponse> {
    var response = ThreadResponse()
    response.thread = thread(snapshot)
    let encoder = TurnEncoder(snapshot, library.helpers)
    return .stream(snapshot.id) { [response] stream in
      let pause = stream.pause
      var missing: MissingItems?
      response.write(to: &stream.json, streaming: "thread") { out in
        response.thread.write(
          to: &out, streamingTurns: { out in missing = encoder.write(to: &out, pause) })
      }
      return missing
    }
  }
}
