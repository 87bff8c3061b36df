import Foundation

/// Values that are not what a member should be.
package enum MutatedJSON {
  /// What members are replaced by.
  private static let values = [
    "null", "7", "-1.5", "true", #""x""#, #""""#, "[]", "[7]", #"["x"]"#, "{}", #"{"type":"x"}"#,
    #"{"a":{"b":1}}"#,
  ]

  /// A text of JSON with each of its members, however deep, replaced by two other values; none of a text
  /// that is no JSON.
  package static func all(
    of text: [UInt8], using generator: inout SeededGenerator
  ) throws -> [[UInt8]] {
    guard let root = try? JSONSerialization.jsonObject(with: Data(text)) else { return [] }
    var found: [[UInt8]] = []
    for path in paths(in: root, below: []) {
      for _ in 0..<2 {
        let value = values.randomElement(using: &generator) ?? "null"
        let other = try JSONSerialization.jsonObject(
          with: Data(value.utf8), options: .fragmentsAllowed)
        let changed = replace(path[...], in: root, by: other)
        found.append(Array(try JSONSerialization.data(withJSONObject: changed)))
      }
    }
    return found
  }

  private static func paths(in value: Any, below path: [String]) -> [[String]] {
    if let object = value as? [String: Any] {
      return object.keys.sorted().flatMap { key in
        [path + [key]] + paths(in: object[key] ?? NSNull(), below: path + [key])
      }
    }
    if let list = value as? [Any] {
      return list.indices.flatMap { index in
        [path + ["\(index)"]] + paths(in: list[index], below: path + ["\(index)"])
      }
    }
    return []
  }

  private static func replace(_ path: ArraySlice<String>, in value: Any, by other: Any) -> Any {
    guard let first = path.first else { return other }
    if var object = value as? [String: Any] {
      object[first] = replace(path.dropFirst(), in: object[first] ?? NSNull(), by: other)
      return object
    }
    if var list = value as? [Any], let index = Int(first), index < list.count {
      list[index] = replace(path.dropFirst(), in: list[index], by: other)
      return list
    }
    return value
  }
}
