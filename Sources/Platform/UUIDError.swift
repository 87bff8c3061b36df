/// The reason why a text is not a UUID, described in the words that clients of the protocol expect.
package enum UUIDError: Error, Equatable {
  /// A character is neither a digit nor a dash. Its position counts from 1, from the start of the
  /// whole text.
  case character(Character, position: Int)
  /// The text has no dashes, and not 32 digits. The value is their number.
  case length(Int)
  /// The text does not have five groups of digits. The value is their number.
  case groupCount(Int)
  /// A group, counted from 0, has a wrong number of digits. The first value is that number.
  case groupLength(Int, group: Int)

  /// Finds the reason. The text must not be a UUID.
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

  /// The description for clients.
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

  /// The text without braces or prefix, and the number of characters before it.
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
