import JSON

extension JSONValue? {
  /// Whether a text, without white space before it, begins with one of these letters, as far as its
  /// first byte tells: most texts are told by that, and need not be made strings of.
  func mayBegin(with letters: String) -> Bool {
    guard let first = self?.text.first else { return false }
    let tellsNothing = first <= 0x20 || first >= 0x80 || first == UInt8(ascii: "\\")
    return tellsNothing || letters.utf8.contains(first)
  }
}
