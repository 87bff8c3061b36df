/// The constants of a script that are literals.
struct LiteralConstants {
  private struct Constant {
    let value: [UInt8]
    /// Where its name is given to it.
    let place: Int
    /// An object or a list is constant only as long as nothing changes what is in it.
    var canChange: Bool { value.first == UInt8(ascii: "{") || value.first == UInt8(ascii: "[") }
  }

  private var byName: [String: Constant] = [:]
  /// Where names of constants stand for their values.
  private var uses: [Int] = []
  /// How much more the literals of the script may come to, in bytes: a constant of constants of
  /// constants could fill the memory.
  private var room: Int

  init(scriptLength: Int) { room = 1 << 20 + 2 * scriptLength }

  /// Whether a literal may be as long as this.
  func allows(_ length: Int) -> Bool { length <= room }

  mutating func define(_ name: String, _ value: [UInt8], at place: Int) {
    byName[name] = Constant(value: value, place: place)
    room -= value.count
  }

  /// The value of a name that stands at a place; nil where it is none of these.
  mutating func use(_ name: String, at place: Int) -> [UInt8]? {
    guard let constant = byName[name], constant.value.count <= room else { return nil }
    room -= constant.value.count
    uses.append(place)
    return constant.value
  }

  /// What can be gone back to.
  var mark: Int { uses.count }

  /// Forgets uses that were none after all.
  mutating func goBack(to mark: Int) { uses.removeSubrange(mark...) }

  /// Whether no statement can have changed what the constants that were used hold: their names stand
  /// nowhere else.
  func areUnchanged(in tokens: [JavaScriptToken]) -> Bool {
    let names = Set(uses.map { tokens[$0].text }.filter { byName[$0]?.canChange ?? false })
    guard !names.isEmpty else { return true }
    let places = Set(uses + names.compactMap { byName[$0]?.place })
    return tokens.indices.allSatisfy { place in
      tokens[place].kind != .word || !names.contains(tokens[place].text) || places.contains(place)
    }
  }
}
