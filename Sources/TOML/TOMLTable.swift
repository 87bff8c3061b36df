/// Keys and their values, in the order in which the keys first appeared.
package struct TOMLTable: Sendable {
  /// The depth to which tables and arrays can be nested; a limit protects the stack.
  package static let depthLimit = 256

  /// A key/value pair.
  package struct Entry: Sendable {
    /// The key, without quotes and with its escapes resolved.
    package let key: String
    /// The value of the key.
    package fileprivate(set) var value: TOMLValue
  }

  /// The keys with their values, in order; each key occurs once.
  package private(set) var entries: [Entry] = []

  /// The index of each key in `entries`.
  private var indices: [String: Int] = [:]

  /// Creates an empty table.
  package init() {}

  /// The value of `key`; nil where there is none.
  package subscript(key: String) -> TOMLValue? {
    indices[key].map { entries[$0].value }
  }

  /// The value at the end of a path of keys; nil where a key is missing, a value on the path is not
  /// a table, or the path is empty.
  package subscript(path path: [String]) -> TOMLValue? {
    guard let key = path.first, let value = self[key] else { return nil }
    let rest = path.dropFirst()
    return rest.isEmpty ? value : value.table?[path: Array(rest)]
  }

  /// Sets the value of `key`. A new key is added at the end.
  package mutating func set(_ key: String, _ value: TOMLValue) {
    if let index = indices[key] {
      entries[index].value = value
    } else {
      indices[key] = entries.count
      entries.append(Entry(key: key, value: value))
    }
  }

  /// Sets the value at the end of a path of keys.
  ///
  /// Missing tables on the path are created, and values on the path that are not tables are
  /// replaced by tables. An empty path changes nothing.
  package mutating func set(path: [String], _ value: TOMLValue) {
    guard let key = path.first else { return }
    let rest = path.dropFirst()
    guard !rest.isEmpty else { return set(key, value) }
    let present = self[key]
    var table = present?.table ?? TOMLTable()
    table.set(path: Array(rest), value)
    set(key, TOMLValue(.table(table), at: present?.position ?? value.position))
  }

  /// Merges `other` into this table: two tables with one key are merged, and other values of
  /// `other` replace those of this table.
  package mutating func merge(_ other: TOMLTable) {
    for entry in other.entries {
      guard let upper = entry.value.table, let present = self[entry.key],
        var lower = present.table
      else {
        set(entry.key, entry.value)
        continue
      }
      lower.merge(upper)
      set(entry.key, TOMLValue(.table(lower), at: present.position))
    }
  }
}

extension TOMLTable: Equatable {
  /// Compares keys and values; neither order nor positions count (TOML 1.1, section Table).
  package static func == (left: TOMLTable, right: TOMLTable) -> Bool {
    left.entries.count == right.entries.count
      && left.entries.allSatisfy { right[$0.key] == $0.value }
  }
}
