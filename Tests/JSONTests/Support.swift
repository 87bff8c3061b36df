import JSON

/// The compact text of what a document parses to.
func reprinted(_ bytes: [UInt8], _ mode: JSONParser.Mode = .strict) throws(JSONError) -> String {
  let parser = JSONParser()
  let result = bytes.withUnsafeBufferPointer { bytes -> Result<[UInt8], JSONError> in
    do throws(JSONError) {
      return .success(RawJSON(try parser.parse(bytes, mode: mode)).bytes)
    } catch {
      return .failure(error)
    }
  }
  return String(decoding: try result.get(), as: UTF8.self)
}

func reprinted(_ text: String, _ mode: JSONParser.Mode = .strict) throws(JSONError) -> String {
  try reprinted(Array(text.utf8), mode)
}

/// What a document that is one string says.
func decodedString(_ text: String) throws(JSONError) -> String {
  try withJSON(Array(text.utf8)) { (value) throws(JSONError) in try value.string() }
}
