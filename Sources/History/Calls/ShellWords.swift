/// Joins words into a command line that a shell would split again.
///
/// The quotes are those of the original, since clients show and compare commands: each run of
/// characters has the weakest of none, single and double quotes that can hold it. A caret has to be
/// directly behind an opening single quote (measured on 0.163.0).
enum ShellWords {
  /// The command line of these words.
  static func joined(_ words: [String]) -> String { words.map(quoted).joined(separator: " ") }

  private static func quoted(_ word: String) -> String {
    guard !word.isEmpty else { return "''" }
    var quoted = ""
    var rest = Array(word.unicodeScalars)[...]
    while !rest.isEmpty {
      let (length, quotes) = longestRun(rest)
      quoted += quotes.wrap(rest.prefix(length))
      rest = rest.dropFirst(length)
    }
    return quoted
  }

  /// The length of the longest prefix that can stand in quotes of one kind, and the kinds of quotes
  /// that can contain it.
  private static func longestRun(
    _ scalars: ArraySlice<Unicode.Scalar>
  ) -> (length: Int, quotes: Quotes) {
    let beginsWithCaret = scalars.first == "^"
    var possible: Quotes = beginsWithCaret ? .single : [.none, .single, .double]
    var length = beginsWithCaret ? 1 : 0
    for scalar in scalars.dropFirst(length) {
      let narrowed = possible.intersection(Quotes.holding(scalar))
      guard !narrowed.isEmpty else { break }
      possible = narrowed
      length += 1
    }
    return (length, possible)
  }
}

/// A set of kinds of quotes.
private struct Quotes: OptionSet {
  let rawValue: UInt8

  static let none = Quotes(rawValue: 1)
  static let single = Quotes(rawValue: 2)
  static let double = Quotes(rawValue: 4)

  /// The kinds of quotes that can hold a character.
  static func holding(_ scalar: Unicode.Scalar) -> Quotes {
    switch scalar {
    case "'", "\\": .double
    case "`", "$", "!": .single
    case "^": []
    case "a"..."z", "A"..."Z", "0"..."9", "+", "-", ".", "/", ":", "@", "]", "_":
      [.none, .single, .double]
    default: [.single, .double]
    }
  }

  /// The characters in the weakest of these quotes.
  func wrap(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var text = String.UnicodeScalarView()
    if contains(.none) || contains(.single) {
      text.append(contentsOf: scalars)
      return contains(.none) ? String(text) : "'\(String(text))'"
    }
    for scalar in scalars {
      if scalar == "\"" || scalar == "\\" { text.append("\\") }
      text.append(scalar)
    }
    return "\"\(String(text))\""
  }
}
