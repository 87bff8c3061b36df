import JSON

extension [UInt8] {
  /// Parses bytes that are one JSON value from the beginning to the end, and hands it to `body`;
  /// nil where they are not.
  func withJSON<R>(_ body: (JSONValue) -> R?) -> R? {
    let parser = JSONParser()
    return withUnsafeBufferPointer { bytes in
      guard let json = try? parser.parse(bytes, mode: .lenient),
        bytes[parser.consumed...].allSatisfy({ $0 <= UInt8(ascii: " ") })
      else { return nil }
      return body(json)
    }
  }

  /// The index at which a sequence of bytes first occurs; nil where it does not, or is empty.
  func firstIndex(of sequence: [UInt8]) -> Int? {
    withUnsafeBufferPointer { bytes in
      sequence.withUnsafeBufferPointer { bytes.firstIndex(of: $0) }
    }
  }
}
