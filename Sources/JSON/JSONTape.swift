/// The state of one parse. It is a value type with all state in it: accesses to captured variables
/// or members of a class would be checked for exclusivity in the inner loop, at four times the
/// cost.
struct JSONTape {
  let base: UnsafePointer<UInt8>
  let count: Int
  let isStrict: Bool
  var nodes: UnsafeMutablePointer<JSONValue.Node>
  var capacity: Int
  var nodeCount = 0
  var position = 0

  /// How deep arrays and objects may be nested (PROTOCOL.md 1).
  private static let depthLimit = 512

  /// The index that the root has instead of that of a parent.
  private static let noParent = UInt32.max

  init(
    base: UnsafePointer<UInt8>, count: Int, isStrict: Bool,
    nodes: UnsafeMutablePointer<JSONValue.Node>, capacity: Int
  ) {
    self.base = base
    self.count = count
    self.isStrict = isStrict
    self.nodes = nodes
    self.capacity = capacity
  }

  /// Parses one value and, if strict, the white space behind it.
  ///
  /// - Returns: The index behind what was parsed.
  mutating func parseDocument() throws(JSONError) -> Int {
    try parseTree()
    guard isStrict else { return position }
    skipWhitespace()
    guard position == count else { throw error("trailing characters") }
    return position
  }

  /// Parses a tree without recursion: open containers are linked through their nodes.
  private mutating func parseTree() throws(JSONError) {
    var parent = Self.noParent
    var depth = 0
    repeat {
      // A value is expected here.
      let opened = try parseValue(parent: parent)
      if opened {
        depth += 1
        guard depth <= Self.depthLimit else { throw JSONError.tooDeep }
        parent = UInt32(truncatingIfNeeded: nodeCount - 1)
        if try !closeIfEmpty(parent) {
          if nodes[Int(parent)].kind == .object { try parseKey() }
          continue
        }
        depth -= 1
        parent = close(parent)
      }
      // A value is complete here. The next one follows, or the containers around the value end.
      while parent != Self.noParent {
        let isObject = nodes[Int(parent)].kind == .object
        switch nextToken() {
        case UInt8(ascii: ","):
          position += 1
          if isObject { try parseKey() }
        case UInt8(ascii: "}") where isObject, UInt8(ascii: "]") where !isObject:
          position += 1
          depth -= 1
          parent = close(parent)
          continue
        default:
          throw error(isObject ? "expected `,` or `}`" : "expected `,` or `]`")
        }
        break
      }
    } while parent != Self.noParent
  }

  /// Parses a scalar, or opens a container.
  ///
  /// - Returns: Whether a container was opened.
  @inline(__always)
  private mutating func parseValue(parent: UInt32) throws(JSONError) -> Bool {
    switch nextToken() {
    case UInt8(ascii: "\""): try parseString()
    case UInt8(ascii: "{"):
      open(.object, parent: parent)
      return true
    case UInt8(ascii: "["):
      open(.array, parent: parent)
      return true
    case UInt8(ascii: "t"): try parseLiteral("true", .true)
    case UInt8(ascii: "f"): try parseLiteral("false", .false)
    case UInt8(ascii: "n"): try parseLiteral("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try parseNumber()
    default: throw error(position < count ? "expected a value" : "unexpected end")
    }
    return false
  }

  @inline(__always)
  private mutating func open(_ kind: JSONValue.Kind, parent: UInt32) {
    push(kind, from: position, to: Int(parent))
    position += 1
  }

  @inline(__always)
  private mutating func closeIfEmpty(_ index: UInt32) throws(JSONError) -> Bool {
    let closer: UInt8 = nodes[Int(index)].kind == .object ? UInt8(ascii: "}") : UInt8(ascii: "]")
    guard nextToken() == closer else { return false }
    position += 1
    return true
  }

  /// Completes a container.
  ///
  /// - Returns: The index of its parent.
  @inline(__always)
  private mutating func close(_ index: UInt32) -> UInt32 {
    let parent = nodes[Int(index)].end
    nodes[Int(index)].end = UInt32(truncatingIfNeeded: position)
    nodes[Int(index)].next = UInt32(truncatingIfNeeded: nodeCount)
    return parent
  }

  @inline(__always)
  private mutating func parseKey() throws(JSONError) {
    guard nextToken() == UInt8(ascii: "\"") else { throw error("expected a member name") }
    try parseString()
    guard nextToken() == UInt8(ascii: ":") else { throw error("expected `:`") }
    position += 1
  }

  /// The next byte that is not white space, which is not consumed; 0 at the end.
  @inline(__always)
  private mutating func nextToken() -> UInt8 {
    skipWhitespace()
    return position < count ? base[position] : 0
  }

  @inline(__always)
  private mutating func skipWhitespace() {
    while position < count {
      let byte = base[position]
      guard byte <= 0x20, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else {
        return
      }
      position += 1
    }
  }

  @inline(__always)
  mutating func push(_ kind: JSONValue.Kind, from start: Int, to end: Int, isPlain: Bool = false) {
    if nodeCount == capacity { grow() }
    nodes[nodeCount] = JSONValue.Node(
      start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end),
      next: UInt32(truncatingIfNeeded: nodeCount + 1), kind: kind, isPlain: isPlain)
    nodeCount += 1
  }

  private mutating func grow() {
    let larger = UnsafeMutablePointer<JSONValue.Node>.allocate(capacity: capacity * 2)
    larger.moveInitialize(from: nodes, count: nodeCount)
    nodes.deallocate()
    nodes = larger
    capacity *= 2
  }

  func error(_ what: String) -> JSONError { JSONError("\(what) at byte \(position)") }
}
