/// A value in a parsed document.
///
/// A value is a position in its document and not a copy: it is valid until its parser parses again,
/// and as long as the parsed bytes are not moved. What is needed longer is decoded, or kept as
/// `JSONText` or `RawJSON`.
@frozen public struct JSONValue {
  /// The type of a value.
  public enum Kind: UInt8, Sendable {
    case null, `false`, `true`, number, string, array, object
  }

  /// One entry in a document's flat list of values, in the order of the document; 16 bytes.
  @usableFromInline struct Node {
    /// The index at which the value begins; in a string that of the first byte behind the quote.
    @usableFromInline var start: UInt32
    /// The index behind the value; in a string that of the closing quote. While a container is
    /// open: the index of its parent in the list.
    @usableFromInline var end: UInt32
    /// The index in the list behind this value and everything in it.
    @usableFromInline var next: UInt32
    @usableFromInline var kind: Kind
    /// Whether a string is equal to its text: ASCII without escapes and control characters.
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

  /// The text of the value in the document; that of a string without its quotes.
  @inlinable public var text: UnsafeBufferPointer<UInt8> {
    let node = nodes[index]
    return UnsafeBufferPointer(start: bytes + Int(node.start), count: Int(node.end - node.start))
  }

  /// The offset of the value, in bytes from the start of the parsed text; that of a string's quote.
  public var offset: Int { Int(nodes[index].start) - (kind == .string ? 1 : 0) }

  /// The member named `key`; nil where there is none, and for values that are not objects.
  ///
  /// Of several members with one name the last one counts.
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

  /// The member named `key`; nil where there is none, or it is null.
  public func present(_ key: StaticString) -> JSONValue? {
    guard let member = self[key], !member.isNull else { return nil }
    return member
  }

  /// Whether the value is a string or the name of a member that is equal to an ASCII text.
  public func textEquals(_ other: StaticString) -> Bool {
    text.equals(other) || !isPlain && unescapedTextEquals(other)
  }

  /// Compares a text that is written with escapes, which is slow and rare.
  private func unescapedTextEquals(_ other: StaticString) -> Bool {
    guard kind == .string, text.contains("\\") else { return false }
    return other.withUTF8Buffer { unescapedBytes().elementsEqual($0) }
  }

  @inlinable func at(_ index: Int) -> JSONValue {
    JSONValue(bytes: bytes, nodes: nodes, index: index)
  }

  /// Calls `body` with each element of an array, in order; other values have none.
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

  /// Calls `body` with the name and the value of each member of an object, in order; other values
  /// have none. Members that a later one with the same name replaces are included.
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

  /// The elements of an array; other values have none.
  public var elements: [JSONValue] {
    var all: [JSONValue] = []
    forEachElement { all.append($0) }
    return all
  }

  /// Whether an array or an object is empty.
  public var isEmpty: Bool { Int(nodes[index].next) == index + 1 }

  @inlinable var isPlain: Bool { nodes[index].isPlain }
}
