import JSON

/// The JSON objects on a line, with any damage before, between and behind them: byte order marks,
/// NULs, parts of other objects (ROLLOUTS.md 5).
struct LineValues: ~Copyable {
  private let line: UnsafeBufferPointer<UInt8>
  private let parser: JSONParser
  /// The index from which on the next object is searched for.
  private var position = 0

  /// - Parameter parser: A parser that is not used for anything else at this time.
  init(_ line: UnsafeBufferPointer<UInt8>, _ parser: JSONParser) {
    self.line = line
    self.parser = parser
  }

  /// The next object and its range on the line; nil behind the last one. The object is valid until
  /// the next call.
  mutating func next() -> (value: JSONValue, range: Range<Int>)? {
    while let start = line.firstIndex(of: UInt8(ascii: "{"), from: position) {
      do throws(JSONError) {
        let rest = UnsafeBufferPointer(rebasing: line[start...])
        let value = try parser.parse(rest, mode: .lenient)
        position = start + parser.consumed
        return (value, start..<position)
      } catch {
        // Every brace in a value that is nested too deeply would be tried in turn, and most would
        // be nested too deeply again. So the rest of the line is skipped.
        position = error == .tooDeep ? line.count : start + 1
      }
    }
    return nil
  }
}
