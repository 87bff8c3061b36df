import JSON

// Texts for a search in values that are passed on unchanged.
extension RawJSON {
  /// All strings in the value, except names of members.
  var strings: [String] { read { $0.allStrings } }

  /// The text of a part of content; none for images and other parts.
  var ownTexts: [String] { read { [$0.string("text")].compactMap { $0 } } }

  private func read(_ body: (JSONValue) -> [String]) -> [String] {
    (try? withJSON(bytes) { (json) throws(JSONError) in body(json) }) ?? []
  }
}

extension JSONValue {
  fileprivate var allStrings: [String] {
    switch kind {
    case .string: return [asString].compactMap { $0 }
    case .array: return elements.flatMap(\.allStrings)
    case .object:
      var found: [String] = []
      forEachMember { _, value in found += value.allStrings }
      return found
    default: return []
    }
  }
}
