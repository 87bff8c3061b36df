/// Definitions of tables and values, each of which is allowed once (TOML 1.1, sections Keys, Table,
/// Inline Table and Array of Tables).
extension TOMLParser {
  /// Adds a value under a key, which may be dotted, below `table`.
  func define(
    _ key: [TOMLKeyPart], as value: TOMLValue, in table: TOMLTableBuilder
  ) throws(TOMLError) {
    var table = table
    for part in key.dropLast() { table = try dottedTable(part, in: table) }
    let last = key[key.count - 1]
    guard table[last.name] == nil else { throw alreadyDefined(last) }
    table.add(.value(value), under: last.name)
  }

  /// The table of a part of a dotted key that is not the last part.
  ///
  /// A dotted key defines the table like a header, so no header may define it again, and a dotted
  /// key cannot add to a table that a header defined.
  private func dottedTable(
    _ part: TOMLKeyPart, in table: TOMLTableBuilder
  ) throws(TOMLError) -> TOMLTableBuilder {
    switch table[part.name] {
    case nil: return addTable(.dotted, part, at: filePosition(part.position), in: table)
    case .table(let present) where present.definition != .explicit:
      present.defineByDottedKey()
      return present
    default: throw alreadyDefined(part)
    }
  }

  /// Continues with the table that a header defines. If the table was defined before, the header is
  /// an error, and the table is continued.
  mutating func openTable(at key: [TOMLKeyPart], position: TOMLPosition) throws(TOMLError) {
    let parent = try parent(of: key, levels: 1)
    let last = key[key.count - 1]
    switch parent[last.name] {
    case nil: current = addTable(.explicit, last, at: position, in: parent)
    case .table(let present):
      current = present
      guard present.definition == .implied else { throw alreadyDefined(last) }
      present.defineByHeader(at: position)
    default: throw alreadyDefined(last)
    }
  }

  /// Continues with the element that a header adds to an array of tables.
  mutating func openElement(at key: [TOMLKeyPart], position: TOMLPosition) throws(TOMLError) {
    let parent = try parent(of: key, levels: 2)
    let last = key[key.count - 1]
    let table = TOMLTableBuilder(.explicit, at: position, depth: parent.depth + 2)
    switch parent[last.name] {
    case nil: parent.add(.arrayOfTables(TOMLTableArrayBuilder(table)), under: last.name)
    case .arrayOfTables(let present): present.append(table)
    default: throw alreadyDefined(last)
    }
    current = table
  }

  /// The table in which the last part of a header's key defines something `levels` deep.
  ///
  /// An array of tables in the key means its last element.
  private func parent(
    of key: [TOMLKeyPart], levels: Int
  ) throws(TOMLError) -> TOMLTableBuilder {
    var table = root
    for (index, part) in key.enumerated() {
      let rest = key.count - 1 - index
      try checkDepth(table.depth + rest + levels, at: part.offset)
      guard rest > 0 else { break }
      switch table[part.name] {
      case nil: table = addTable(.implied, part, at: part.position, in: table)
      case .table(let present): table = present
      case .arrayOfTables(let present): table = present.last
      case .value: throw alreadyDefined(part)
      }
    }
    return table
  }

  private func addTable(
    _ definition: TOMLTableBuilder.Definition, _ part: TOMLKeyPart, at position: TOMLPosition?,
    in parent: TOMLTableBuilder
  ) -> TOMLTableBuilder {
    let table = TOMLTableBuilder(definition, at: position, depth: parent.depth + 1)
    parent.add(.table(table), under: part.name)
    return table
  }

  private func alreadyDefined(_ part: TOMLKeyPart) -> TOMLError {
    scanner.error("`\(part.name)` is already defined", at: part.offset)
  }
}
