import JSON
import Protocol
import System

// What members of records hold, in the forms that versions wrote. A member of another type counts as
// missing (ROLLOUTS.md 5).
extension JSONValue {
  /// The strings of a list; of anything else, none.
  var strings: [String] { elements.compactMap(\.asString) }

  /// The texts of a list of strings, or of objects with a `text`.
  var texts: [JSONText] { elements.compactMap { JSONText($0) ?? JSONText($0["text"]) } }

  /// The `text`s of a list of parts, one behind the other.
  var joinedText: JSONText {
    var text = JSONText()
    forEachElement { part in
      if let more = JSONText(part["text"]) { text += more }
    }
    return text
  }

  /// A name of a known set; names on disk are in snake_case or as the wire has them.
  func name<Name: RawRepresentable<String>>(_ key: StaticString) -> Name? {
    string(key).flatMap { Name(rawValue: $0.camelCased) }
  }

  /// The path that a member holds, as it is or as a URL; empty where there is none.
  func path(_ key: StaticString) -> String { RecordedPath(string(key) ?? "").text }

  /// A member that holds one of the wire's own types, member for member; nil where it is none.
  func wire<Value: WireValue>(_ key: StaticString) -> Value? {
    present(key).flatMap { try? Value(json: $0) }
  }

  /// Milliseconds of a member `{secs, nanos}`, cut.
  func milliseconds(_ key: StaticString) -> Int64? {
    let duration = self[key]
    guard let seconds = duration?["secs"]?.asWholeNumber else { return nil }
    let nanoseconds = duration?["nanos"]?.asWholeNumber ?? 0
    let (ms, overflow) = seconds.multipliedReportingOverflow(by: 1000)
    return overflow ? nil : ms &+ nanoseconds / 1_000_000
  }

  /// The id that a record gives its item: of a call, where it carries several; nil where it carries
  /// none, or an empty one (HISTORY.md 1).
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

  /// Hands the JSON that this string holds to `body`; nil where it holds none.
  func withNestedJSON<R>(_ body: (JSONValue) -> R?) -> R? {
    kind == .string ? unescapedBytes().withJSON(body) : nil
  }
}

extension String {
  /// `snake_case` as `camelCase`.
  var camelCased: String {
    guard utf8.contains(UInt8(ascii: "_")) else { return self }
    let words = split(separator: "_")
    guard let first = words.first else { return self }
    return words.dropFirst().reduce(String(first)) {
      $0 + $1.prefix(1).uppercased() + $1.dropFirst()
    }
  }
}
