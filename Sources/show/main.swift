import JSON
import Platform

// Makes JSON lines readable: writes each line of standard input indented and with long texts cut.

let longest = 96

func show(_ line: ArraySlice<UInt8>) {
  let parser = JSONParser()
  let text = line.withUnsafeBufferPointer { bytes -> String in
    guard let value = try? parser.parse(bytes) else {
      return String(decoding: bytes, as: UTF8.self)
    }
    return readable(value, indent: "")
  }
  try? Output.standard.write((text + "\n").utf8.span.bytes)
}

func readable(_ value: JSONValue, indent: String) -> String {
  let inner = indent + "  "
  switch value.kind {
  case .object where !value.isEmpty:
    var members: [String] = []
    value.forEachMember { name, member in
      guard !member.isNull else { return }
      members.append("\(inner)\(name.asString ?? ""): \(readable(member, indent: inner))")
    }
    return "{\n\(members.joined(separator: "\n"))\n\(indent)}"
  case .array where !value.isEmpty:
    let elements = value.elements.map { inner + readable($0, indent: inner) }
    return "[\n\(elements.joined(separator: "\n"))\n\(indent)]"
  case .string:
    let text = String(decoding: RawJSON(value).bytes, as: UTF8.self)
    return text.count > longest ? "\(text.prefix(longest))…\"" : text
  default: return String(decoding: RawJSON(value).bytes, as: UTF8.self)
  }
}

var chunk = [UInt8](repeating: 0, count: 64 * 1024)
var rest: [UInt8] = []
while case .bytes(let count)? = try? Input.standard.read(into: &chunk) {
  rest += chunk[..<count]
  while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
    show(rest[..<end])
    rest.removeFirst(end + 1)
  }
}
