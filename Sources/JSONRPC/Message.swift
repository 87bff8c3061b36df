package import JSON

/// One line from the client, by PROTOCOL.md 1.
///
/// `jsonrpc` is neither asked for nor minded, nor is any other member that is not named here.
/// Params and results are values of the parsed line and live as long as it does.
package enum Message {
  case request(RequestID, method: String, params: JSONValue?)
  case notification(method: String, params: JSONValue?)
  /// The client's answer to a request of the server.
  case response(RequestID, Answer)

  /// What an answer brings.
  package enum Answer {
    case result(JSONValue)
    case error(RPCError)
  }

  /// - Throws: Why this is no message, without quoting it; such a line gets no answer.
  package init(_ json: JSONValue) throws(JSONError) {
    guard json.kind == .object else { throw JSONError("not an object") }
    let id = RequestID(json["id"])
    if id == nil, json["id"] != nil { throw JSONError("an id that is no id") }
    if let method = json["method"] {
      guard let name = method.asString else { throw JSONError("a method that is no string") }
      let params = json["params"]
      self =
        id.map { .request($0, method: name, params: params) }
        ?? .notification(method: name, params: params)
    } else if let id, let answer = Answer(json) {
      self = .response(id, answer)
    } else {
      throw JSONError("neither a request nor an answer")
    }
  }

  /// The id of a request in a line that is nested too deeply to be parsed; nil where it cannot be
  /// told, or where the line is no request.
  package static func requestID(
    inUnparsed line: UnsafeBufferPointer<UInt8>, using parser: JSONParser
  ) -> RequestID? {
    var id: RequestID?
    var isRequest = false
    var members = JSONMembers(line)
    while let (name, value) = members.next() {
      switch String(decoding: name, as: UTF8.self) {
      case "id": id = (try? parser.parse(value)).flatMap { RequestID($0) }
      case "method": isRequest = value.first == UInt8(ascii: "\"")
      default: break
      }
    }
    return isRequest ? id : nil
  }
}

extension Message.Answer {
  /// Nil where there is neither a result nor an error. An error goes before a result.
  fileprivate init?(_ json: JSONValue) {
    if let error = json.present("error") {
      self = .error(RPCError(json: error))
    } else if let result = json["result"] {
      self = .result(result)
    } else if json["error"] != nil {
      self = .error(RPCError(code: 0, message: ""))
    } else {
      return nil
    }
  }
}
