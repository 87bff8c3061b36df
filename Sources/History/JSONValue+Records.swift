import JSON
import Platform
import Protocol

// Reads members of records in the forms that versions wrote. A member of another type counts as
// missing (ROLLOUTS.md 5).
extension JSONValue {
  /// The strings of an array; none of any other value.
  var strings: [String] { elements.compactMap(\.asString) }

  /// The texts of an array of strings, or of objects with a `text`.
  var texts: [JSONText] { elements.compactMap { JSONText($0) ?? JSONText($0["text"]) } }

  /// The joined `text`s of an array of parts.
  var joinedText: JSONText {
    var text = JSONText()
    forEachElement { part in
      if let more = JSONText(part["text"]) { text += more }
    }
    return text
  }

  /// A member that is one of a set of names, in snake_case or as on the wire; nil where it is none
  /// of them.
  func name<Name: RawRepresentable<String>>(_ key: StaticString) -> Name? {
    string(key).flatMap { Name(rawValue: $0.camelCased) }
  }

  /// The path in a member, which may be a URL; empty where there is none.
  func path(_ key: StaticString) -> String { RecordedPath(string(key) ?? "").text }

  /// A member that has the form of a wire type; nil where it has not.
  func wire<Value: WireValue>(_ key: StaticString) -> Value? {
    present(key).flatMap { try? Value(json: $0) }
  }

  /// The whole milliseconds in a member `{secs, nanos}`; nil where there is none.
  func milliseconds(_ key: StaticString) -> Int64? {
    let duration = self[key]
    guard let seconds = duration?["secs"]?.asWholeNumber else { return nil }
    let nanoseconds = duration?["nanos"]?.asWholeNumber ?? 0
    let (ms, overflow) = seconds.multipliedReportingOverflow(by: 1000)
    return overflow ? nil : ms &+ nanoseconds / 1_000_000
  }

  /// The id that a record gives its item: the first of the ids of a call, if it has several; nil
  /// where it has none, or an empty one (HISTORY.md 1).
  var itemID: JSONValue? {
    for id in [self["call_id"], self["item_id"], self["event_id"], self["id"]] {
      if let id, id.kind == .string, !id.text.isEmpty { return id }
    }
    return nil
  }

  /// The id of a completed item; nil where it has none, or an empty one.
  var ownID: JSONValue? {
    self["id"].flatMap { $0.kind == .string && !$0.text.isEmpty ? $0 : nil }
  }

  /// Parses the JSON in this string and hands it to `body`; nil where it holds none.
  func withNestedJSON<R>(_ body: (JSONValue) -> R?) -> R? {
    kind == .string ? unescapedBytes().withJSON(body) : nil
  }
}

extension String {
  /// The name `snake_case` as `camelCase`.
  var camelCased: String {
    guard utf8.contains(UInt8(ascii: "_")) else { return self }
    let words = split(separator: "_")
    guard let first = words.first else { return self }
    return words.dropFirst().reduce(String(first)) {
      $0 + $1.prefix(1).uppercased() + $1.dropFirst()
    }
  }
}
