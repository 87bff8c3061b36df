import JSON
import Testing

@Suite struct MembersTests {
  @Test func `names and values come as they stand`() {
    let text = #" { "a" : 1 , "b\"c":"x\\\",}" ,"d":[1,{"e":"]"}],"f":{"g":{}},"h":-1.5e3 }"#
    #expect(
      members(of: Array(text.utf8)) == [
        "a=1", #"b\"c="x\\\",}""#, #"d=[1,{"e":"]"}]"#, #"f={"g":{}}"#, "h=-1.5e3",
      ])
  }

  @Test(arguments: [
    "", " ", "{", "{}", "[1]", "null", "{a:1}", "{\"a\"", "{\"a\":", "{\"a\":\"x", "{\"a\":[1,{",
  ])
  func `there are none where there is no whole one`(_ text: String) {
    #expect(members(of: Array(text.utf8)).isEmpty)
  }

  @Test func `a torn object gives what is whole`() {
    #expect(members(of: Array(#"{"a":1,"b":"x","c":{"d":"#.utf8)) == ["a=1", #"b="x""#])
  }

  @Test func `one of them is found by its name`() {
    Array(#"{"a":1,"b":[2],"a":3}"#.utf8).withUnsafeBufferPointer { text in
      #expect(JSONMembers(text).first("a").map { Array($0) } == Array("1".utf8))
      #expect(JSONMembers(text).first("b").map { Array($0) } == Array("[2]".utf8))
      #expect(JSONMembers(text).first("c").map { Array($0) } == nil)
    }
  }

  @Test func `the members are those of the parser`() throws {
    var random = RandomJSON(seed: 7)
    for _ in 0..<500 {
      let bytes = random.document(.object)
      let parser = JSONParser()
      let parsed = try bytes.withUnsafeBufferPointer { bytes in
        var all: [String] = []
        try parser.parse(bytes).forEachMember { name, value in
          let quote = value.kind == .string ? "\"" : ""
          all.append("\(string(name.text))=\(quote)\(string(value.text))\(quote)")
        }
        return all
      }
      #expect(members(of: bytes) == parsed)
    }
  }

  @Test func `damaged bytes end the walk`() {
    var random = RandomJSON(seed: 8)
    for _ in 0..<2_000 {
      var bytes = random.document(.object)
      random.damage(&bytes)
      #expect(members(of: bytes).count <= bytes.count)
    }
  }

  private func members(of bytes: [UInt8]) -> [String] {
    bytes.withUnsafeBufferPointer { bytes in
      var all: [String] = []
      var walk = JSONMembers(bytes)
      while let (name, value) = walk.next() { all.append("\(string(name))=\(string(value))") }
      return all
    }
  }

  private func string(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    String(decoding: bytes, as: UTF8.self)
  }
}
