/// A table that a document is still defining.
///
/// A class, because the headers of a document come back to tables all over the tree.
final class TOMLTableBuilder {
  /// What made the table, which decides what may still be added to it.
  enum Definition {
    /// A header of one of its children; its own header or a dotted key may still define it.
    case implied
    /// Its own header, an inline table's braces, or the document.
    case explicit
    /// A dotted key; more dotted keys may add to it, a header may not define it again.
    case dotted
  }

  enum Child {
    case value(TOMLValue)
    case table(TOMLTableBuilder)
    case arrayOfTables(TOMLTableArrayBuilder)
  }

  private(set) var definition: Definition
  private(set) var position: TOMLPosition?
  /// How many tables and arrays this one stands in.
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

  /// The table as it now is.
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
