import JSON
import TestSupport

/// Documents made at random, the same ones for the same seed.
struct RandomJSON {
  private var generator: SeededGenerator

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  /// Appends a document with white space in all allowed places.
  mutating func document(_ kind: JSONValue.Kind? = nil) -> [UInt8] {
    var text = ""
    append(kind ?? anyKind(), to: &text, depth: 0)
    return Array(text.utf8)
  }

  /// Inserts, replaces or removes some bytes.
  mutating func damage(_ bytes: inout [UInt8]) {
    for _ in 0..<Int.random(in: 1...4, using: &generator) {
      let place = Int.random(in: 0...bytes.count, using: &generator)
      let byte = Array("\"\\{}[],:0e \u{1}é".utf8).randomElement(using: &generator) ?? 0
      switch Int.random(in: 0...2, using: &generator) {
      case 0: bytes.insert(byte, at: place)
      case 1 where place < bytes.count: bytes[place] = byte
      case 2 where place < bytes.count: bytes.remove(at: place)
      default: bytes.removeLast(min(place, bytes.count) / 2)
      }
    }
  }

  mutating func string() -> String {
    let alphabet = [
      "a", "b", " ", "/", "\"", "\\", "\n", "\u{0}", "\u{7F}", "é", "鯨", "🐋", "\u{2028}",
    ]
    let count = Int.random(in: 0...20, using: &generator)
    return (0..<count).map { _ in alphabet.randomElement(using: &generator) ?? "" }.joined()
  }

  private mutating func anyKind() -> JSONValue.Kind {
    let kinds: [JSONValue.Kind] = [.null, .true, .false, .number, .string, .array, .object]
    return kinds.randomElement(using: &generator) ?? .null
  }

  private mutating func append(_ kind: JSONValue.Kind, to text: inout String, depth: Int) {
    switch kind {
    case .null: text += "null"
    case .true: text += "true"
    case .false: text += "false"
    case .number: text += number()
    case .string: appendString(to: &text)
    case .array:
      appendList("[", "]", to: &text, depth: depth) { random, text in
        random.append(random.anyKind(), to: &text, depth: depth + 1)
      }
    case .object:
      appendList("{", "}", to: &text, depth: depth) { random, text in
        random.appendString(to: &text)
        text += random.space() + ":" + random.space()
        random.append(random.anyKind(), to: &text, depth: depth + 1)
      }
    }
  }

  private mutating func appendList(
    _ open: String, _ close: String, to text: inout String, depth: Int,
    element: (inout RandomJSON, inout String) -> Void
  ) {
    text += open + space()
    for index in 0..<Int.random(in: 0...max(0, 5 - depth), using: &generator) {
      if index > 0 { text += "," + space() }
      element(&self, &text)
      text += space()
    }
    text += close
  }

  private mutating func appendString(to text: inout String) {
    var out = JSONWriter()
    out.string(string())
    text += String(decoding: out.bytes, as: UTF8.self)
  }

  private mutating func number() -> String {
    let integer = Int64.random(in: .min ... .max, using: &generator)
    switch Int.random(in: 0...3, using: &generator) {
    case 0: return "0"
    case 1: return "\(integer)"
    case 2: return "\(integer).\(abs(integer / 7))"
    default: return "\(integer % 1000)E-\(integer.magnitude % 400)"
    }
  }

  private mutating func space() -> String {
    ["", "", "", " ", "\t", "\r\n", "  "].randomElement(using: &generator) ?? ""
  }
}
