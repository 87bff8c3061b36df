package import JSON

/// An error as it goes over the wire, in either direction.
package struct RPCError: Error, Equatable {
  /// Who is to blame, as JSON-RPC numbers it.
  package var code: Int
  /// What went wrong, for people. Clients of the original server match on its texts.
  package var message: String
  /// What a program can read of the error; nil where the message says it all.
  package var data: RawJSON?

  package init(code: Int, message: String, data: RawJSON? = nil) {
    self.code = code
    self.message = message
    self.data = data
  }

  /// Reads the object behind `"error":` of an answer; a member of another type counts as missing.
  init(json: JSONValue) {
    code = json["code"]?.asWholeNumber.flatMap { Int(exactly: $0) } ?? 0
    message = json.string("message") ?? ""
    data = json.present("data").map { RawJSON($0) }
  }

  /// Writes the object that belongs behind `"error":`.
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
