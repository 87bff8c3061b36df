/// Identifies an item by the hash of its id and its turn's serial, seeded anew in every process. A
/// 64-bit number is hashed faster than a structure, and collisions are too rare to matter.
typealias ItemKey = Int

/// The items of a turn that repeat the id of an earlier item. There can be very many of them, so
/// each search starts where the last one ended.
struct RepeatedItems {
  /// The indices of the items in their turn.
  var places: [Int] = []
  /// The first of them that may still be rebuilt, that is, not replaced by an event.
  var firstRebuilt = 0
  /// The first of them that may still lack an output.
  var firstWithoutOutput = 0

  /// The index in the turn of the item that is `index`-th here; nil behind the last one.
  func item(at index: Int) -> Int? { index < places.count ? places[index] : nil }
}

/// The place of an item in the plan.
struct ItemPlace {
  /// The index of the turn.
  let turn: Int
  /// The serial of the turn, which shows whether that turn is still at its index.
  let serial: UInt32
  /// The index of the item in its turn.
  let item: Int
}
