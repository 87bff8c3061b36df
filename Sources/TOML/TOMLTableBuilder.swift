/// A table that a document is still defining.
///
/// It is a class, since headers can return to any table of the document.
final class TOMLTableBuilder {
  /// How the table was defined, which decides what may be added to it.
  enum Definition {
    /// The table is implied by the header of a child; its own header or a dotted key may still
    /// define it.
    case implied
    /// The table has its own header, is an inline table, or is the root.
    case explicit
    /// The table is defined by a dotted key; further dotted keys may add to it, but no header may
    /// define it again.
    case dotted
  }

  enum Child {
    case value(TOMLValue)
    case table(TOMLTableBuilder)
    case arrayOfTables(TOMLTableArrayBuilder)
  }

  private(set) var definition: Definition
  private(set) var position: TOMLPosition?
  /// The number of tables and arrays around the table.
  let depth: Int

  private var keys: [String] = []
  private var children: [String: Child] = [:]

  init(_ definition: Definition, at position: TOMLPosition?, depth: Int) {
    self.definition = definition
    self.position = position
    self.depth = depth
  }

  subscript(key: String) -> Child? { children[key] }

  /// Adds a child under a key that is not there yet.
  func add(_ child: Child, under key: String) {
    keys.append(key)
    children[key] = child
  }

  /// Lets its own header define a table that was only implied.
  func defineByHeader(at position: TOMLPosition) {
    definition = .explicit
    self.position = position
  }

  /// Lets a dotted key define a table that was only implied.
  func defineByDottedKey() { definition = .dotted }

  /// The table so far.
  var table: TOMLTable {
    var table = TOMLTable()
    for key in keys {
      guard let child = children[key] else { continue }
      table.set(key, child.value)
    }
    return table
  }

  fileprivate var value: TOMLValue { TOMLValue(.table(table), at: position) }
}

/// An array of tables that a document is still extending.
final class TOMLTableArrayBuilder {
  private(set) var last: TOMLTableBuilder
  private var tables: [TOMLTableBuilder]

  init(_ first: TOMLTableBuilder) {
    last = first
    tables = [first]
  }

  func append(_ table: TOMLTableBuilder) {
    last = table
    tables.append(table)
  }

  fileprivate var value: TOMLValue {
    TOMLValue(.array(tables.map(\.value)), at: tables[0].position)
  }
}

extension TOMLTableBuilder.Child {
  fileprivate var value: TOMLValue {
    switch self {
    case .value(let value): value
    case .table(let table): table.value
    case .arrayOfTables(let array): array.value
    }
  }
}
