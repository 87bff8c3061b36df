package import JSON

/// The error of a JSON-RPC answer, in either direction.
package struct RPCError: Error, Equatable {
  /// The error code of JSON-RPC.
  package var code: Int
  /// The description for people. Clients of the original server compare its text.
  package var message: String
  /// Details of the error for programs; nil if there are none.
  package var data: RawJSON?

  /// Creates an error.
  package init(code: Int, message: String, data: RawJSON? = nil) {
    self.code = code
    self.message = message
    self.data = data
  }

  /// Reads the member `error` of an answer. Members of a wrong type count as missing.
  init(json: JSONValue) {
    code = json["code"]?.asWholeNumber.flatMap { Int(exactly: $0) } ?? 0
    message = json.string("message") ?? ""
    data = json.present("data").map { RawJSON($0) }
  }

  /// Writes the value of the member `error` of an answer.
  func write(to out: inout JSONWriter) {
    out.literal("{\"code\":")
    out.integer(code)
    out.literal(",\"message\":")
    out.string(message)
    if let data {
      out.literal(",\"data\":")
      data.write(to: &out)
    }
    out.byte(UInt8(ascii: "}"))
  }
}
