import JSON

extension JSONValue? {
  /// Whether a text may begin with one of these letters behind white space, as far as its first
  /// byte tells. That rules most texts out without decoding them.
  func mayBegin(with letters: String) -> Bool {
    guard let first = self?.text.first else { return false }
    let tellsNothing = first <= 0x20 || first >= 0x80 || first == UInt8(ascii: "\\")
    return tellsNothing || letters.utf8.contains(first)
  }
}
