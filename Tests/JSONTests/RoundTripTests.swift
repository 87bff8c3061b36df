import JSON
import Testing

@Suite struct RoundTripTests {
  @Test func `what is read is written, and once more the same`() throws {
    var random = RandomJSON(seed: 1)
    for _ in 0..<2_000 {
      let bytes = random.document()
      let once = try reprinted(bytes)
      #expect(try reprinted(once) == once)
      #expect(try digest(of: bytes) == digest(of: Array(once.utf8)))
    }
  }

  @Test func `damaged documents are refused or read, and never more`() {
    var random = RandomJSON(seed: 2)
    var refused = 0
    for _ in 0..<4_000 {
      var bytes = random.document()
      random.damage(&bytes)
      guard let once = try? reprinted(bytes) else {
        refused += 1
        continue
      }
      #expect((try? reprinted(once)) == once)
      #expect((try? reprinted(bytes, .lenient)) == once)
    }
    #expect((1_000..<4_000).contains(refused))
  }

  @Test func `written strings say what they said`() throws {
    var random = RandomJSON(seed: 3)
    for _ in 0..<2_000 {
      let text = random.string()
      #expect(try decodedString(String(decoding: RawJSON(text).bytes, as: UTF8.self)) == text)
    }
  }

  /// All that a document says, apart from how it is written.
  private func digest(of bytes: [UInt8]) throws -> [String] {
    try withJSON(bytes) { (value) throws(JSONError) in
      var all: [String] = []
      collect(value, into: &all)
      return all
    }
  }

  private func collect(_ value: JSONValue, into all: inout [String]) {
    all.append("\(value.kind)")
    switch value.kind {
    case .string: all.append(value.asString ?? "")
    case .number: all.append(String(decoding: value.text, as: UTF8.self))
    default: break
    }
    value.forEachElement { collect($0, into: &all) }
    value.forEachMember { name, member in
      collect(name, into: &all)
      collect(member, into: &all)
    }
    all.append("end")
  }
}
