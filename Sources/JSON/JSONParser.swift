/// Parses documents into a flat list of values, which is reused for the next document.
///
/// The parser is complete by RFC 8259 and not recursive. Strings are not decoded until they are
/// needed; numbers are checked and kept as text.
public final class JSONParser {
  /// What a parser accepts.
  public enum Mode: Sendable {
    /// RFC 8259: valid UTF-8, paired surrogates, no control characters in strings, and nothing but
    /// white space behind the value.
    case strict
    /// A record of a rollout (ROLLOUTS.md 5): strings may contain control characters, invalid UTF-8
    /// and lone surrogates, which become U+FFFD, and the value may be followed by anything.
    case lenient
  }

  private var nodes: UnsafeMutablePointer<JSONValue.Node>
  private var capacity: Int

  /// The number of bytes from the start of the last text to the end of its value.
  public private(set) var consumed = 0

  public init() {
    capacity = 256
    nodes = .allocate(capacity: capacity)
  }

  deinit { nodes.deallocate() }

  /// Parses one value.
  ///
  /// - Returns: The root; valid until the next call and as long as `bytes` are not moved.
  /// - Throws: What is wrong and at which byte; `JSONError.tooDeep` if more than 512 arrays and
  ///   objects are nested.
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

  /// Reserves room for all values of a long document, of which there is hardly ever more than one
  /// in sixteen bytes: moving them later costs more than finding them. The memory of a very large
  /// document is released before the next one.
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
///
/// - Throws: What is wrong with the text, or what `body` throws.
public func withJSON<R>(
  _ bytes: [UInt8], _ body: (JSONValue) throws(JSONError) -> R
) throws(JSONError) -> R {
  let parser = JSONParser()
  // The closure cannot throw a typed error through `withUnsafeBufferPointer`, which rethrows.
  let result = bytes.withUnsafeBufferPointer { bytes -> Result<R, JSONError> in
    do throws(JSONError) {
      return .success(try body(try parser.parse(bytes)))
    } catch {
      return .failure(error)
    }
  }
  return try result.get()
}
