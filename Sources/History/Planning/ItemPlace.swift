/// Stands for the id of an item and its turn: the hash of both, seeded anew in every process. 64 bits
/// are enough to tell them apart, and a number is hashed faster than a structure.
typealias ItemKey = Int

/// Items whose id is that of an earlier one. There can be very many, and none is looked at twice.
struct RepeatedItems {
  var places: [Int] = []
  /// The first that may still be rebuilt, and not told by an event.
  var firstRebuilt = 0
  /// The first that may still be without an output.
  var firstWithoutOutput = 0

  func item(at index: Int) -> Int? { index < places.count ? places[index] : nil }
}

/// Where an item stands.
struct ItemPlace {
  let turn: Int
  let serial: UInt32
  let item: Int
}
