// Steps over escaped text.
extension ArraySlice<UInt8> {
  /// What stands behind a beginning; nil where the text begins otherwise.
  func dropping(_ beginning: String) -> ArraySlice<UInt8>? {
    starts(with: beginning.utf8) ? dropFirst(beginning.utf8.count) : nil
  }

  /// Up to the first escaped line end; lines of headers are short, and no more than that is looked at.
  var firstEscapedLine: ArraySlice<UInt8> {
    let head = prefix(200)
    return head.firstIndex(ofEscape: UInt8(ascii: "n")).map { self[..<$0] } ?? head
  }

  /// Where the first escape of a letter stands.
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
