import JSON

/// The JSON objects on a line, whatever damage stands before, between and behind them: byte order
/// marks, NULs, parts of others (ROLLOUTS.md 5).
struct LineValues: ~Copyable {
  private let line: UnsafeBufferPointer<UInt8>
  private let parser: JSONParser
  /// Where the next object is looked for.
  private var position = 0

  /// - Parameter parser: Used for nothing else while the values are gone over.
  init(_ line: UnsafeBufferPointer<UInt8>, _ parser: JSONParser) {
    self.line = line
    self.parser = parser
  }

  /// The next object, and where it stands on the line; nil behind the last one. It is valid until
  /// the next call.
  mutating func next() -> (value: JSONValue, range: Range<Int>)? {
    while let start = line.firstIndex(of: UInt8(ascii: "{"), from: position) {
      do throws(JSONError) {
        let rest = UnsafeBufferPointer(rebasing: line[start...])
        let value = try parser.parse(rest, mode: .lenient)
        position = start + parser.consumed
        return (value, start..<position)
      } catch {
        // Every brace in a value that is nested too deeply would be tried in turn, and most of them
        // would be too deep again: the rest of the line is given up.
        position = error == .tooDeep ? line.count : start + 1
      }
    }
    return nil
  }
}
