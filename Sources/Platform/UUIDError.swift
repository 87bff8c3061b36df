/// Why a text is no UUID, in the words that clients of the protocol know.
package enum UUIDError: Error, Equatable {
  /// Neither a digit nor a dash; its position counts from 1, from the start of the whole text.
  case character(Character, position: Int)
  /// No dashes, and not 32 digits.
  case length(Int)
  /// Not five groups of digits.
  case groupCount(Int)
  /// Five groups, of which this one, from 0, has not the length that it should.
  case groupLength(Int, group: Int)

  /// Finds the reason; `text` is known to be wrong.
  init(_ text: String) {
    let (body, offset, isSimple) = Self.withoutWrapping(text)
    let scalars = body.unicodeScalars
    for (index, scalar) in scalars.enumerated() where !Self.isAllowed(scalar) {
      self = .character(Character(scalar), position: offset + index + 1)
      return
    }
    let groups = body.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    if groups.count == 1, isSimple {
      self = .length(body.utf8.count)
    } else if groups.count != Self.groupLengths.count {
      self = .groupCount(groups.count)
    } else {
      let wrong = zip(groups, Self.groupLengths).enumerated().first { $1.0.count != $1.1 }
      self = .groupLength(wrong?.element.0.count ?? 0, group: wrong?.offset ?? 0)
    }
  }

  package var message: String {
    switch self {
    case .character(let character, let position):
      "invalid character: expected an optional prefix of `urn:uuid:` followed by [0-9a-fA-F-], "
        + "found `\(character)` at \(position)"
    case .length(let count):
      "invalid length: expected length 32 for simple format, found \(count)"
    case .groupCount(let count):
      "invalid group count: expected \(Self.groupLengths.count), found \(count)"
    case .groupLength(let count, let group):
      "invalid group length in group \(group): expected \(Self.groupLengths[group]), "
        + "found \(count)"
    }
  }

  private static let groupLengths = [8, 4, 4, 4, 12]

  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "-" || scalar.isASCII && hexadecimalDigit(UInt8(scalar.value)) != nil
  }

  /// What stands in braces or behind the prefix, and how many characters stand before it.
  private static func withoutWrapping(
    _ text: String
  ) -> (body: Substring, offset: Int, isSimple: Bool) {
    if text.hasPrefix("{"), text.hasSuffix("}"), text.utf8.count >= 2 {
      return (text.dropFirst().dropLast(), 1, false)
    }
    if text.hasPrefix("urn:uuid:") { return (text.dropFirst(9), 9, false) }
    return (text[...], 0, true)
  }
}
