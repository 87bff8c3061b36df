import JSON

/// What a tool gave back, in any of the shapes that versions recorded (ROLLOUTS.md 4.6).
struct ToolOutput {
  /// The texts, joined.
  private(set) var text = JSONText()
  private(set) var success: Bool?

  init(_ text: JSONText) { self.text = text }

  /// - Parameter output: The `output` of a call's output: a text, parts, or an object with one of
  ///   them as `content`.
  init(_ output: JSONValue?) {
    guard let output else { return }
    switch output.kind {
    case .string: text = JSONText(output) ?? JSONText()
    case .array: text = Self.joined(output)
    case .object:
      self = ToolOutput(output["content"])
      if text.isEmpty { self = ToolOutput(output.present("content_items")) }
      success = output["success"]?.asBool
    default: break
    }
  }

  private static func joined(_ parts: JSONValue) -> JSONText {
    var text = JSONText()
    parts.forEachElement { part in
      if part["type"]?.textEquals("input_text") == true, let more = JSONText(part["text"]) {
        text += more
      }
    }
    return text
  }

  /// Whether the tool took the call.
  var isAccepted: Bool {
    success != false && !text.begins(with: "unsupported call:")
      && !text.begins(with: "failed to parse function arguments")
  }
}

extension JSONText {
  /// Whether the text begins with these characters, none of which needs an escape.
  func begins(with plain: StaticString) -> Bool {
    escaped.starts(
      with: UnsafeBufferPointer(start: plain.utf8Start, count: plain.utf8CodeUnitCount))
  }

  /// Whether these characters, none of which needs an escape, stand anywhere in the text.
  func contains(_ plain: StaticString) -> Bool {
    escaped.withUnsafeBufferPointer { $0.contains(plain) }
  }
}

/// Hands the JSON that a string holds to `body`; nil where it holds none.
func withNestedJSON<R>(_ value: JSONValue?, _ body: (JSONValue) -> R?) -> R? {
  guard let value, value.kind == .string else { return nil }
  return withParsed(value.unescapedBytes(), body)
}

/// Hands the JSON that a text is, from its beginning to its end, to `body`; nil where it is none.
func withParsed<R>(_ bytes: [UInt8], _ body: (JSONValue) -> R?) -> R? {
  let parser = JSONParser()
  return bytes.withUnsafeBufferPointer { bytes in
    guard let json = try? parser.parse(bytes, mode: .lenient),
      bytes[parser.consumed...].allSatisfy({ $0 <= UInt8(ascii: " ") })
    else { return nil }
    return body(json)
  }
}
