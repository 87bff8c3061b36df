// Steps over text with JSON's escapes.
extension ArraySlice<UInt8> {
  /// The text behind a prefix; nil where it has another beginning.
  func dropping(_ beginning: String) -> ArraySlice<UInt8>? {
    starts(with: beginning.utf8) ? dropFirst(beginning.utf8.count) : nil
  }

  /// The text up to the first escaped line end, or the first 200 bytes: lines of headers are
  /// shorter.
  var firstEscapedLine: ArraySlice<UInt8> {
    let head = prefix(200)
    return head.firstIndex(ofEscape: UInt8(ascii: "n")).map { self[..<$0] } ?? head
  }

  /// The index of the first backslash that escapes a letter; nil where there is none.
  func firstIndex(ofEscape letter: UInt8) -> Int? {
    var position = startIndex
    while position + 1 < endIndex {
      if self[position] == UInt8(ascii: "\\") {
        if self[position + 1] == letter { return position }
        position += 1
      }
      position += 1
    }
    return nil
  }
}
