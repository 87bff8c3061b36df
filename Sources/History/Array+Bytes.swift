import JSON

extension [UInt8] {
  /// Hands the JSON that a text is, from its beginning to its end, to `body`; nil where it is none.
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
