import JSON
import JSONRPC
import System

/// A request that was accepted and has no answer yet.
final class Request {
  /// What the loop does for a request, once now and once more after each piece of work beside it.
  typealias Step = (Request, Server) throws(RPCError) -> Void

  let id: RequestID
  let subjects: [String]
  /// How many bytes its params took, about as much as waits in memory for it.
  let size: Int
  let cancellation = Cancellation()
  var step: Step

  init(id: RequestID, params: JSONValue?, step: @escaping Step) {
    self.id = id
    subjects = Self.subjects(of: params)
    size = params?.text.count ?? 0
    self.step = step
  }

  func sharesSubject(with other: Request) -> Bool {
    subjects.contains(where: other.subjects.contains)
  }

  /// What a request is about: the thread and the file that its params name, and the thread that the
  /// file's name names. Requests that share one of them keep their order.
  private static func subjects(of params: JSONValue?) -> [String] {
    guard let params else { return [] }
    var subjects: [String] = []
    for thread in [params["threadId"]?.asString, params["conversationId"]?.asString] {
      guard let thread else { continue }
      subjects.append((try? UUID(thread))?.description ?? thread)
    }
    for path in [params["path"]?.asString, params["rolloutPath"]?.asString] {
      guard let path else { continue }
      subjects.append(path)
      if let thread = thread(inFileName: path) { subjects.append(thread) }
    }
    return subjects
  }

  private static func thread(inFileName path: String) -> String? {
    let name = Path.lastComponent(of: path).prefix { $0 != "." }
    return (try? UUID(String(name.suffix(36))))?.description
  }
}
