/// Parses documents, one after the other, into a flat list of values that is used again.
///
/// Complete by RFC 8259, not recursive, and at the speed of one branch a token: strings stay in the
/// source and are decoded when somebody asks for them, numbers are checked and kept as text.
public final class JSONParser {
  /// What a parser lets pass.
  public enum Mode: Sendable {
    /// RFC 8259 to the letter: valid UTF-8, paired surrogates, no control characters in strings,
    /// and nothing behind the value but white space.
    case strict
    /// One record of a rollout (ROLLOUTS.md 5): strings may hold control characters, invalid UTF-8
    /// and lone surrogates, which come out as U+FFFD; what follows the value is the caller's.
    case lenient
  }

  private var nodes: UnsafeMutablePointer<JSONValue.Node>
  private var capacity: Int

  /// How many bytes the last parsed value took, from the start of the text.
  public private(set) var consumed = 0

  public init() {
    capacity = 256
    nodes = .allocate(capacity: capacity)
  }

  deinit { nodes.deallocate() }

  /// Parses one value.
  ///
  /// - Returns: The root; valid until the next call, and as long as `bytes` stay where they are.
  /// - Throws: What is wrong and at which byte; `JSONError.tooDeep` beyond 512 levels.
  public func parse(
    _ bytes: UnsafeBufferPointer<UInt8>, mode: Mode = .strict
  ) throws(JSONError) -> JSONValue {
    guard let base = bytes.baseAddress, !bytes.isEmpty else { throw JSONError("unexpected end") }
    guard bytes.count < UInt32.max else { throw JSONError("longer than 4 GiB") }
    prepareNodes(for: bytes.count)
    var tape = JSONTape(
      base: base, count: bytes.count, isStrict: mode == .strict, nodes: nodes, capacity: capacity)
    defer {
      nodes = tape.nodes
      capacity = tape.capacity
    }
    consumed = try tape.parseDocument()
    return JSONValue(bytes: base, nodes: tape.nodes, index: 0)
  }

  /// A long document gets room for all its values at once, which hardly ever come to more than one
  /// in sixteen bytes: to move them costs more than to find them. It must not pin its memory for good.
  private func prepareNodes(for count: Int) {
    let wanted = max(count / 16, 256)
    guard capacity > 1 << 20 || wanted > max(capacity, 1 << 16) else { return }
    nodes.deallocate()
    nodes = .allocate(capacity: wanted)
    capacity = wanted
    preferHugePages(
      for: UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(start: nodes, count: capacity)))
  }
}

/// Parses `bytes` strictly and hands the root to `body`.
public func withJSON<R>(
  _ bytes: [UInt8], _ body: (JSONValue) throws(JSONError) -> R
) throws(JSONError) -> R {
  let parser = JSONParser()
  // The closure cannot throw a type of its own through `withUnsafeBufferPointer`'s rethrows.
  let result = bytes.withUnsafeBufferPointer { bytes -> Result<R, JSONError> in
    do throws(JSONError) {
      return .success(try body(try parser.parse(bytes)))
    } catch {
      return .failure(error)
    }
  }
  return try result.get()
}
