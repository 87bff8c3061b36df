import JSON
import Testing

@testable import JSONRPC

@Suite struct MessageTests {
  @Test(arguments: [
    "0", "1", "-7", "9223372036854775807", "-9223372036854775808", "18446744073709551615",
    #""""#, #""a""#, #""0""#, #""é \" \n""#,
  ])
  func `an id is echoed as it came`(_ id: String) throws {
    let found = try withJSON(Array(#"{"id":\#(id)}"#.utf8)) { RequestID($0["id"]) }
    var out = JSONWriter()
    try #require(found).write(to: &out)
    #expect(String(decoding: out.bytes, as: UTF8.self) == id)
  }

  @Test(arguments: [
    (#"{"id":1,"method":"m"}"#, "request 1 m -"),
    (
      #"{"jsonrpc":"2.0","id":"a","method":"m","params":{"x":1},"trace":{}}"#,
      "request a m {\"x\":1}"
    ),
    (#"{"id":1,"method":"m","params":null}"#, "request 1 m null"),
    (#"{"id":1,"id":2,"method":"m"}"#, "request 2 m -"),
    (#"{"id":1,"method":"m","result":{}}"#, "request 1 m -"),
    (#" {"method":"m"} "#, "notification m -"),
    (#"{"id":1,"result":null}"#, "response 1 null"),
    (#"{"id":"b","error":{"code":1,"message":"m"}}"#, "error b 1 m"),
    (#"{"id":"b","error":5,"result":1}"#, "error b 0 "),
    (#"{"id":"b","error":null,"result":1}"#, "response b 1"),
    (#"{"id":"b","error":null}"#, "error b 0 "),
  ])
  func `a line is told from its members`(_ line: String, _ expected: String) throws {
    #expect(try describe(line) == expected)
  }

  @Test(arguments: [
    "", " ", "{", "[]", "42", "null", "true", #""text""#, "{}", #"{"id":1}"#, #"{"result":{}}"#,
    #"{"id":null,"method":"m"}"#, #"{"id":true,"method":"m"}"#, #"{"id":1.5,"method":"m"}"#,
    #"{"id":1.0,"method":"m"}"#, #"{"id":1e3,"method":"m"}"#, #"{"id":[1],"method":"m"}"#,
    #"{"id":1,"method":5}"#, #"{"id":1,"method":null}"#, #"{"params":{}}"#,
    #"{"id":1,"method":"m"}{"id":2,"method":"m"}"#,
  ])
  func `anything else is no message`(_ line: String) {
    #expect(throws: JSONError.self) { try describe(line) }
  }

  @Test func `invalid UTF-8 is no message`() {
    let line = Array(#"{"id":1,"method":""#.utf8) + [0xC3] + Array(#""}"#.utf8)
    #expect(throws: JSONError.self) {
      try withJSON(line) { (json) throws(JSONError) in _ = try Message(json) }
    }
  }

  @Test(arguments: [
    (#"{"id":7,"method":"m","params":DEEP}"#, RequestID.integer(7)),
    (#"{"params":DEEP,"method":"m","id":"x"}"#, .string("x")),
    (#"{"id":7,"params":DEEP}"#, nil),
    (#"{"id":7,"method":5,"params":DEEP}"#, nil),
    (#"{"method":"m","params":DEEP}"#, nil),
    (#"{"id":null,"method":"m","params":DEEP}"#, nil),
  ])
  func `the id of a request is found beside what is too deep`(
    _ line: String, _ id: RequestID?
  ) throws {
    let deep = String(repeating: "[", count: 600) + String(repeating: "]", count: 600)
    let bytes = Array(line.replacing("DEEP", with: deep).utf8)
    let parser = JSONParser()
    bytes.withUnsafeBufferPointer { bytes in
      #expect(throws: JSONError.tooDeep) { _ = try parser.parse(bytes) }
      #expect(Message.requestID(inUnparsed: bytes, using: parser) == id)
    }
  }

  @Test(arguments: [
    (#"{"id":7,"method":"m","params":{"x":"\ud800"}}"#, RequestID.integer(7)),
    (#"{"params":["a\udc00\ud800b"],"method":"m","id":"x"}"#, .string("x")),
    (#"{"id":7,"method":"\ud800m"}"#, .integer(7)),
    (#"{"id":"\ud800","method":"m"}"#, nil),
    (#"{"method":"m","params":"\ud800"}"#, nil),
    (#"{"id":7,"result":"\ud800"}"#, nil),
  ])
  func `the id of a request is found beside half of a surrogate pair`(
    _ line: String, _ id: RequestID?
  ) {
    let parser = JSONParser()
    Array(line.utf8).withUnsafeBufferPointer { bytes in
      let error = #expect(throws: JSONError.self) { _ = try parser.parse(bytes) }
      #expect(error?.isOfValue == true)
      #expect(Message.requestID(inUnparsed: bytes, using: parser) == id)
    }
  }

  private func describe(_ line: String) throws -> String {
    try withJSON(Array(line.utf8)) { (json) throws(JSONError) in
      switch try Message(json) {
      case .request(let id, let method, let params):
        "request \(text(id)) \(method) \(text(params))"
      case .notification(let method, let params): "notification \(method) \(text(params))"
      case .response(let id, .result(let value)): "response \(text(id)) \(text(value))"
      case .response(let id, .error(let error)): "error \(text(id)) \(error.code) \(error.message)"
      }
    }
  }

  private func text(_ id: RequestID) -> String {
    switch id {
    case .integer(let value): "\(value)"
    case .string(let value): value
    }
  }

  private func text(_ params: JSONValue?) -> String {
    guard let params else { return "-" }
    return String(decoding: RawJSON(params).bytes, as: UTF8.self)
  }
}
