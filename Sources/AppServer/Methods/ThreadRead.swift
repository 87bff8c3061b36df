import JSON
import JSONRPC
import Protocol
import System

/// `thread/read`: a stored thread, archived or not, without loading it.
enum ThreadRead: Method {
  static let name = "thread/read"

  struct Params: WireObject {
    static let wireName = "ThreadReadParams"

    var threadID = ""
    var includeTurns = false

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("threadId", &threadID)
      try field("includeTurns", &includeTurns, .defaulted)
    }
  }

  struct Response: WireObject {
    static let wireName = "ThreadReadResponse"

    var thread = Protocol.Thread()

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("thread", &thread)
    }
  }

  static func touched(by params: Params, on server: Server) -> Touched {
    .thread(params.threadID, .read)
  }

  static func respond(to params: Params, on server: Server) throws(RPCError) -> Reply<Response> {
    let id = try UUID(threadID: params.threadID)
    let part = params.includeTurns ? ThreadPart.whole : .summary
    return try OpenedThread.open(id, part, on: server) { (opened, server) in
      guard params.includeTurns else {
        var response = Response()
        response.thread = Protocol.Thread(
          opened, loaded: server.loadedThreads[opened.id], on: server)
        return .now(response)
      }
      return answer(opened, on: server)
    }
  }

  /// The thread with its turns.
  static func answer(_ opened: OpenedThread, on server: Server) -> Reply<Response> {
    var response = Response()
    response.thread = Protocol.Thread(
      opened, loaded: server.loadedThreads[opened.id], on: server)
    let turns = TurnWriter(opened, on: server)
    return .streamed { stream in
      let pause = stream.pause
      response.write(to: &stream.json, streaming: "thread") { out in
        response.thread.write(to: &out, streamingTurns: { out in turns.write(to: &out, pause) })
      }
    }
  }
}
