import JSON
import Testing

private enum Mode: String, WireEnum {
  case slow
  case quick

  static var newer: [Mode] { [.quick] }
}

private struct Inner: WireObject, Equatable {
  var count: UInt32 = 0
  var names: [String] = []

  init() {}

  mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("count", &count)
    try field("names", &names, .defaulted)
  }
}

private struct Outer: WireObject, Equatable {
  var id = ""
  var title: String?
  var mode: Mode?
  var inner: Inner?
  var items: [Inner] = []
  var flag = true
  var tier = Patch<String>.absent
  var more: WireMap<RawJSON>?
  var late: Int64?

  init() {}

  mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("id", &id)
    try field("title", &title)
    try field("mode", &mode)
    try field("inner", &inner)
    try field("items", &items, .defaulted)
    try field("flag", &flag, .defaulted)
    try field("tier", &tier, .omittedWhenAbsent)
    try field("more", &more, .omittedWhenAbsent)
    try field("late", &late, [.newer, .nullByDefault, .writeOnly])
  }
}

private enum Shape: WireUnion, Equatable {
  case point
  case box(Inner)
  case kept(RawJSON)

  static func variants<V: VariantVisitor<Self>>(_ variant: inout V) throws(JSONError) {
    try variant("point", .point)
    try variant("box", Self.box, isNewer: true)
  }

  static func unknown(_ json: JSONValue) -> Shape? {
    json["keep"] == nil ? nil : .kept(RawJSON(json))
  }

  func write(_ variant: inout VariantWriter) {
    switch self {
    case .point: variant("point")
    case .box(let inner): variant("box", inner)
    case .kept(let value): variant(asItCame: value)
    }
  }
}

@Suite struct WireTests {
  private func decoded<T: WireValue>(_: T.Type, _ json: String) throws(JSONError) -> T {
    try withJSON(Array(json.utf8)) { (value) throws(JSONError) in try T(json: value) }
  }

  private func text(_ value: some WireValue) -> String {
    String(decoding: RawJSON(value).bytes, as: UTF8.self)
  }

  @Test func `an object is read and written by its one declaration`() throws {
    let outer = try decoded(
      Outer.self,
      #"""
      {"flag": false, "id": "x", "unknown": [1], "mode": "quick", "inner": {"count": 7},
       "tier": null, "more": {"b": 1.50, "a": [null]}}
      """#)
    #expect(outer.inner?.count == 7 && outer.mode == .quick && outer.tier == .null)
    let expected = [
      #"{"id":"x","title":null,"mode":"quick","inner":{"count":7,"names":[]},"items":[],"#,
      #""flag":false,"tier":null,"more":{"b":1.50,"a":[null]},"late":null}"#,
    ]
    #expect(text(outer) == expected.joined())
    #expect(try decoded(Outer.self, text(outer)) == outer)
  }

  @Test func `what is not given keeps its initial value and may be left out`() throws {
    let outer = try decoded(Outer.self, #"{"id":"x","title":null,"more":null}"#)
    #expect(outer.flag && outer.items.isEmpty && outer.tier == .absent && outer.more == nil)
    #expect(
      text(outer)
        == #"{"id":"x","title":null,"mode":null,"inner":null,"items":[],"flag":true,"late":null}"#)
  }

  static let refusals: [(String, String)] = [
    ("{}", "missing field `id`"), ("[]", "invalid type: sequence, expected struct Outer"),
    (#""x""#, #"invalid type: string "x", expected struct Outer"#),
    (#"{"id":null}"#, "invalid type: null, expected a string"),
    (#"{"id":"x","flag":null}"#, "invalid type: null, expected a boolean"),
    (#"{"id":"x","items":null}"#, "invalid type: null, expected a sequence"),
    (#"{"id":"x","items":{}}"#, "invalid type: map, expected a sequence"),
    (#"{"id":"x","mode":"fast"}"#, "unknown variant `fast`, expected `slow` or `quick`"),
    (#"{"id":"x","mode":true}"#, "invalid type: boolean `true`, expected string or map"),
    (#"{"id":"x","inner":{}}"#, "missing field `count`"),
    (#"{"id":"x","inner":{"count":-1}}"#, "invalid value: integer `-1`, expected u32"),
    (
      #"{"id":"x","inner":{"count":4294967296}}"#,
      "invalid value: integer `4294967296`, expected u32"
    ),
    (#"{"id":"x","inner":{"count":1.0}}"#, "invalid type: floating point `1.0`, expected u32"),
    (#"{"id":"x","tier":5}"#, "invalid type: integer `5`, expected a string"),
    (#"{"id":"x","more":[]}"#, "invalid type: sequence, expected a map"),
    (#"{"id":"x","late":"\n\"é"}"#, #"invalid type: string "\n\"é", expected i64"#),
  ]

  @Test(arguments: refusals)
  func `an error says what was found and what was wanted`(_ json: String, _ message: String) {
    #expect(throws: JSONError(message)) { try decoded(Outer.self, json) }
  }

  static let shapes: [(String, String)] = [
    (#"{"type":"point","x":1}"#, #"{"type":"point"}"#),
    (#"{"names":["a"],"count":2,"type":"box"}"#, #"{"type":"box","count":2,"names":["a"]}"#),
    (#"{"type":"star", "keep":[1, 2]}"#, #"{"type":"star","keep":[1,2]}"#),
  ]

  @Test(arguments: shapes)
  func `a union is told apart by its tag`(_ json: String, _ expected: String) throws {
    #expect(try text(decoded(Shape.self, json)) == expected)
  }

  static let noShapes: [(String, String)] = [
    ("null", "invalid type: null, expected internally tagged enum Shape"),
    ("[]", "invalid type: sequence, expected internally tagged enum Shape"),
    ("{}", "missing field `type`"),
    (#"{"type":1}"#, "invalid type: integer `1`, expected variant identifier"),
    (#"{"type":"star"}"#, "unknown variant `star`, expected `point` or `box`"),
    (#"{"type":"box"}"#, "missing field `count`"),
  ]

  @Test(arguments: noShapes)
  func `a union of no known tag is refused`(_ json: String, _ message: String) {
    #expect(throws: JSONError(message)) { try decoded(Shape.self, json) }
  }

  @Test func `an object is written around a value that comes from elsewhere`() throws {
    var outer = Outer()
    outer.id = "x"
    outer.items = [Inner()]
    var out = JSONWriter()
    var handedOn: [UInt8] = []
    outer.write(to: &out, streaming: "items") { out in
      handedOn = out.bytes
      out.bytes = []
      out.raw(#"[{"count":1},{"count":2}]"#.utf8)
    }
    #expect(String(decoding: handedOn, as: UTF8.self).hasSuffix(#""items":"#))
    let whole = try decoded(Outer.self, String(decoding: handedOn + out.bytes, as: UTF8.self))
    #expect(whole.items.map(\.count) == [1, 2])
    outer.items = whole.items
    #expect(whole == outer)
  }

  @Test func `the schema is in the same declaration`() {
    let document = text(RawJSON(SchemaBuilder.document(of: Outer.self)))
    for part in [
      #""required":["id"]"#, #""title":{"type":["string","null"]}"#,
      #""Mode":{"enum":["slow","quick"],"type":"string"}"#,
      ##""inner":{"anyOf":[{"$ref":"#/definitions/Inner"},{"type":"null"}]}"##,
      #""more":{"additionalProperties":true,"type":["object","null"]}"#,
      #""late":{"default":null,"format":"int64","type":["integer","null"],"writeOnly":true}"#,
      #""count":{"format":"uint32","minimum":0.0,"type":"integer"}"#,
    ] {
      #expect(document.contains(part), "\(part)")
    }
    let seed = text(SchemaBuilder.document(of: Outer.self, includingNewer: false))
    #expect(seed.contains(#""Mode":{"enum":["slow"],"#) && !seed.contains("late"))
  }

  @Test func `numbers that JSON cannot say are null`() {
    var out = JSONWriter()
    for value in [1.0, 0.1, -0.0, 1e300, .infinity, .nan] {
      out.double(value)
      out.byte(UInt8(ascii: " "))
    }
    out.integer(Int64.min)
    out.integer(7)
    #expect(
      String(decoding: out.bytes, as: UTF8.self)
        == "1.0 0.1 -0.0 1e+300 null null -92233720368547758087")
  }
}
