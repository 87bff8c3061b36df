import JSON
import Testing

@Suite struct ScalarTests {
  static let integers: [(String, Int64?)] = [
    ("0", 0), ("-0", 0), ("-7", -7), ("9223372036854775807", .max), ("-9223372036854775808", .min),
    ("9223372036854775808", nil), ("-9223372036854775809", nil), ("1.0", nil), ("1e3", nil),
    ("\"1\"", nil), ("true", nil), ("null", nil), ("[]", nil),
  ]

  @Test(arguments: integers)
  func `an integer is exact or none`(_ json: String, _ expected: Int64?) throws {
    try withJSON(Array(json.utf8)) { (value) throws(JSONError) in
      #expect(value.asInteger == expected)
    }
  }

  static let wholes: [(String, Int64?)] = [
    ("7", 7), ("1.0", 1), ("1.9", 1), ("-1.9", -1), ("0.99", 0), ("1e3", 1000), ("1.5e3", 1500),
    ("9223372036854775807", .max), ("1e19", nil), ("-1e400", nil), ("\"1\"", nil),
  ]

  @Test(arguments: wholes)
  func `a number is cut to a whole one`(_ json: String, _ expected: Int64?) throws {
    try withJSON(Array(json.utf8)) { (value) throws(JSONError) in
      #expect(value.asWholeNumber == expected)
    }
  }

  static let doubles: [(String, Double?)] = [
    ("0", 0), ("-1.5", -1.5), ("1e-7", 1e-7), ("0.1", 0.1),
    ("1.7976931348623157e308", .greatestFiniteMagnitude),
    ("5e-324", .leastNonzeroMagnitude), ("1e-400", 0), ("1e400", nil), ("\"1\"", nil),
    ("null", nil),
  ]

  @Test(arguments: doubles)
  func `a double is finite or none`(_ json: String, _ expected: Double?) throws {
    try withJSON(Array(json.utf8)) { (value) throws(JSONError) in
      #expect(value.asDouble == expected)
    }
  }

  @Test func `the accessors of other kinds give nothing`() throws {
    try withJSON(Array(#"{"a":[true,"x",{}],"b":null}"#.utf8)) { (value) throws(JSONError) in
      let list = value["a"]?.elements ?? []
      #expect(list.map(\.asBool) == [true, nil, nil])
      #expect(list.map(\.asString) == [nil, "x", nil])
      #expect(list.first?["a"] == nil && list.first?.elements.isEmpty == true)
      #expect(value["a"]?.present("a") == nil && value.elements.isEmpty)
      #expect(value.present("b") == nil && value["b"]?.isNull == true)
      #expect(value["a"]?.isEmpty == false && list.last?.isEmpty == true)
    }
  }
}
