package import JSON

/// A message from the client (PROTOCOL.md 1).
///
/// The member `jsonrpc` is neither required nor checked, and unknown members are ignored. Params
/// and results are values of the parsed line and are valid as long as it is.
package enum Message {
  /// A request, which needs an answer.
  case request(RequestID, method: String, params: JSONValue?)
  /// A notification, which gets no answer.
  case notification(method: String, params: JSONValue?)
  /// The client's answer to a request of the server.
  case response(RequestID, Answer)

  /// The content of an answer.
  package enum Answer {
    case result(JSONValue)
    case error(RPCError)
  }

  /// Reads a message.
  ///
  /// - Throws: The reason why the line is not a message, without text of the line. Such a line gets
  ///   no answer.
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

  /// The id of a message by the beginning of its line; nil if that does not tell it.
  package static func id(
    inBeginning line: UnsafeBufferPointer<UInt8>, using parser: JSONParser
  ) -> RequestID? {
    JSONMembers(line).first("id").flatMap { id in (try? parser.parse(id)).flatMap { RequestID($0) }
    }
  }

  /// The id of a request in a line that cannot be parsed because of a value in it; nil if the line has
  /// no id or is not a request.
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
  /// Reads an answer; nil if the object has neither a result nor an error. If it has both, the
  /// error counts.
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
