/// One value inside a parsed document.
///
/// A value is a position, not a copy: it is valid until its parser parses again and as long as the
/// parsed bytes stay where they are. What has to live longer is decoded, or kept as `JSONText` or
/// `RawJSON`.
@frozen public struct JSONValue {
  public enum Kind: UInt8, Sendable {
    case null, `false`, `true`, number, string, array, object
  }

  /// One entry of a document's flat list of values, in document order; 16 bytes.
  @usableFromInline struct Node {
    /// Where the value begins; a string's first byte after the quote.
    @usableFromInline var start: UInt32
    /// Where it ends, a string before its quote. While a container is open: its parent's index.
    @usableFromInline var end: UInt32
    /// The index just past this value and everything inside it.
    @usableFromInline var next: UInt32
    @usableFromInline var kind: Kind
    /// Whether a string is its own text: ASCII without escapes and control characters.
    @usableFromInline var isPlain: Bool
  }

  @usableFromInline let bytes: UnsafePointer<UInt8>
  @usableFromInline let nodes: UnsafePointer<Node>
  @usableFromInline let index: Int

  @inlinable init(bytes: UnsafePointer<UInt8>, nodes: UnsafePointer<Node>, index: Int) {
    self.bytes = bytes
    self.nodes = nodes
    self.index = index
  }
}

extension JSONValue {
  /// The type of the value.
  @inlinable public var kind: Kind { nodes[index].kind }

  /// Whether the value is null.
  @inlinable public var isNull: Bool { kind == .null }

  /// The bytes of this value as they stand in the document; a string's without its quotes.
  @inlinable public var text: UnsafeBufferPointer<UInt8> {
    let node = nodes[index]
    return UnsafeBufferPointer(start: bytes + Int(node.start), count: Int(node.end - node.start))
  }

  /// Where this value begins, counted in bytes from the start of the parsed text; a string's at its
  /// quote.
  public var offset: Int { Int(nodes[index].start) - (kind == .string ? 1 : 0) }

  /// Accesses the member named `key`, or nil where this is no object or has no such member.
  ///
  /// Of several members of one name the last counts.
  public subscript(key: StaticString) -> JSONValue? {
    guard kind == .object else { return nil }
    var found: JSONValue?
    var position = index + 1
    let end = Int(nodes[index].next)
    while position < end {
      if at(position).textEquals(key) { found = at(position + 1) }
      position = Int(nodes[position + 1].next)
    }
    return found
  }

  /// Accesses the member named `key`, or nil where there is none or where it is null.
  public func present(_ key: StaticString) -> JSONValue? {
    guard let member = self[key], !member.isNull else { return nil }
    return member
  }

  /// Whether this is a string or member name that says `other`, an ASCII text.
  public func textEquals(_ other: StaticString) -> Bool {
    text.equals(other) || !isPlain && unescapedTextEquals(other)
  }

  /// The slow way, for a text that is written with escapes.
  private func unescapedTextEquals(_ other: StaticString) -> Bool {
    guard kind == .string, text.contains("\\") else { return false }
    return other.withUTF8Buffer { unescapedBytes().elementsEqual($0) }
  }

  @inlinable func at(_ index: Int) -> JSONValue {
    JSONValue(bytes: bytes, nodes: nodes, index: index)
  }

  /// Calls `body` with each element of an array, in order; anything else has none.
  @inlinable public func forEachElement<E: Error>(
    _ body: (JSONValue) throws(E) -> Void
  ) throws(E) {
    guard kind == .array else { return }
    var position = index + 1
    let end = Int(nodes[index].next)
    while position < end {
      try body(at(position))
      position = Int(nodes[position].next)
    }
  }

  /// Calls `body` with the name and the value of each member of an object, in order; anything else
  /// has none. Members that a later one of the same name replaces come too.
  @inlinable public func forEachMember<E: Error>(
    _ body: (_ name: JSONValue, _ value: JSONValue) throws(E) -> Void
  ) throws(E) {
    guard kind == .object else { return }
    var position = index + 1
    let end = Int(nodes[index].next)
    while position < end {
      try body(at(position), at(position + 1))
      position = Int(nodes[position + 1].next)
    }
  }

  /// The elements of an array; of anything else, none.
  public var elements: [JSONValue] {
    var all: [JSONValue] = []
    forEachElement { all.append($0) }
    return all
  }

  /// Whether an array or an object has nothing in it.
  public var isEmpty: Bool { Int(nodes[index].next) == index + 1 }

  @inlinable var isPlain: Bool { nodes[index].isPlain }
}
