/// The constants of a script whose values are literals.
struct LiteralConstants {
  private struct Constant {
    /// The literal as JSON.
    let value: [UInt8]
    /// The index of the token that declares the name.
    let place: Int
    /// Whether the content can change: that of an object or array can.
    var canChange: Bool { value.first == UInt8(ascii: "{") || value.first == UInt8(ascii: "[") }
  }

  /// The constants by their names.
  private var byName: [String: Constant] = [:]
  /// The indices of the tokens that were read as the value of a constant.
  private var uses: [Int] = []
  /// The number of bytes that further literals may have. Constants that consist of constants could
  /// otherwise fill the memory.
  private var room: Int

  init(scriptLength: Int) { room = 1 << 20 + 2 * scriptLength }

  /// Whether a literal may have this length in bytes.
  func allows(_ length: Int) -> Bool { length <= room }

  /// Adds a constant.
  ///
  /// - Parameters:
  ///   - value: The literal as JSON.
  ///   - place: The index of the token that declares the name.
  mutating func define(_ name: String, _ value: [UInt8], at place: Int) {
    byName[name] = Constant(value: value, place: place)
    room -= value.count
  }

  /// The value of the constant that the token at `place` names; nil where it names none.
  mutating func use(_ name: String, at place: Int) -> [UInt8]? {
    guard let constant = byName[name], constant.value.count <= room else { return nil }
    room -= constant.value.count
    uses.append(place)
    return constant.value
  }

  /// A mark for `goBack(to:)`.
  var mark: Int { uses.count }

  /// Forgets the uses since a mark was taken.
  mutating func goBack(to mark: Int) { uses.removeSubrange(mark...) }

  /// Whether no statement can have changed the content of the used constants, since their names are
  /// not used in any other way.
  func areUnchanged(in tokens: [JavaScriptToken]) -> Bool {
    let names = Set(uses.map { tokens[$0].text }.filter { byName[$0]?.canChange ?? false })
    guard !names.isEmpty else { return true }
    let places = Set(uses + names.compactMap { byName[$0]?.place })
    return tokens.indices.allSatisfy { place in
      tokens[place].kind != .word || !names.contains(tokens[place].text) || places.contains(place)
    }
  }
}
