import JSON
import Rollouts

// Items: which turn they belong to, and whose place they take.
extension TurnPlanner {
  /// Adds an item to the turn that its record names, or to the open one, which is opened for it.
  ///
  /// - Parameter id: Where it is not that of the record's payload.
  mutating func add(_ record: Record, traits: ItemPlan.Traits = [], id: JSONValue? = nil) {
    guard let turn = turn(for: record) else { return }
    add(record, to: turn, traits: traits, id: id)
  }

  /// The turn that a record's item belongs to; nil where that turn is gone.
  mutating func turn(for record: Record) -> Int? {
    switch turn(namedBy: record.payload) {
    case .missing(let id): unknownTurn(id, of: record)
    case .turn(let index): index
    case .open: openTurn(orImplicitFor: record)
    }
  }

  mutating func openTurn(orImplicitFor record: Record) -> Int {
    if let openTurn { return openTurn }
    openImplicitTurn(for: record)
    return turns.count - 1
  }

  /// Adds an item to a turn. An event or a completed item takes the place of one of its id; what is
  /// rebuilt is another item where the turn has its id already.
  mutating func add(
    _ record: Record, to turn: Int, traits: ItemPlan.Traits, id: JSONValue?, part: Int = 0
  ) {
    var item = ItemPlan(
      record: record.location, part: UInt32(part), directory: directory, traits: traits)
    if traits.contains(.userMessage) { preview.offer(record, part: part) }
    let id = id ?? record.payload.itemID
    // The calls of a code cell share its id.
    let key = id.map { self.key($0, in: turn, part: traits.contains(.cell) ? part : 0) }
    if let key, places[key] != nil {
      if traits.contains(.rebuilt) {
        item.traits.insert(.repeatsID)
        repeatedPlaces[key, default: RepeatedItems()].places.append(turns[turn].items.count)
      } else {
        return replace(key, in: turn, with: item)
      }
    } else if let key {
      places[key] = turns[turn].items.count
    }
    if key == nil || item.traits.contains(.repeatsID), !trustsOrdinal(of: record) {
      item.traits.insert(.identifiedByOffset)
    }
    append(item, to: turn)
  }

  /// Whatever is seen after reasoning ends it.
  private mutating func append(_ item: ItemPlan, to turn: Int) {
    if !item.isHidden { reasoningItem = nil }
    change(turn) { $0.items.append(item) }
  }

  /// Puts an event's item in the place of the first of its id that was rebuilt; where none is left,
  /// in that of the last event's.
  private mutating func replace(_ key: ItemKey, in turn: Int, with item: ItemPlan) {
    let rebuilt = firstItem(of: key, in: turn, \.firstRebuilt) { $0.traits.contains(.rebuilt) }
    guard let place = rebuilt ?? repeatedPlaces[key]?.places.last ?? places[key] else { return }
    change(turn) { turn in
      let old = turn.items[place]
      var item = item
      item.output = old.output
      item.traits.formUnion(old.traits.intersection([.repeatsID, .identifiedByOffset, .hasCall]))
      if rebuilt != nil { item.traits.insert(.hasCall) }
      turn.items[place] = item
    }
  }
}

// Finding items.
extension TurnPlanner {
  /// The item of this id in a turn, hidden or not: the first where there are several.
  func place(of id: JSONValue, in turn: Int) -> Int? { places[key(id, in: turn)] }

  /// Whether a response item told of something of this id.
  func hasCall(_ id: JSONValue, in turn: Int) -> Bool {
    let key = key(id, in: turn)
    guard let first = places[key] else { return false }
    return repeatedPlaces[key] != nil
      || !turns[turn].items[first].traits.isDisjoint(with: [.rebuilt, .hasCall])
  }

  /// The first item of an id for which a condition holds.
  ///
  /// - Parameter start: The first of those that repeat the id which is still looked at: where the
  ///   condition does not hold for one of these, it never will again.
  mutating func firstItem(
    of key: ItemKey, in turn: Int, _ start: WritableKeyPath<RepeatedItems, Int>,
    where condition: (ItemPlan) -> Bool
  ) -> Int? {
    guard let first = places[key] else { return nil }
    if condition(turns[turn].items[first]) { return first }
    guard var index = repeatedPlaces[key]?[keyPath: start] else { return nil }
    defer { repeatedPlaces[key]?[keyPath: start] = index }
    while let item = repeatedPlaces[key]?.item(at: index) {
      if condition(turns[turn].items[item]) { return item }
      index += 1
    }
    return nil
  }

  /// - Parameter part: Which of the record's items: only the first is found by the id alone.
  func key(_ id: JSONValue, in turn: Int, part: Int = 0) -> ItemKey {
    key(id.text, in: turn, part: part)
  }

  func key(_ id: UnsafeBufferPointer<UInt8>, in turn: Int, part: Int = 0) -> ItemKey {
    var hasher = Hasher()
    hasher.combine(bytes: UnsafeRawBufferPointer(id))
    hasher.combine(turns[turn].serial)
    if part > 0 { hasher.combine(part) }
    return hasher.finalize()
  }

  func place(_ item: Int, in turn: Int) -> ItemPlace {
    ItemPlace(turn: turn, serial: turns[turn].serial, item: item)
  }

  /// Whether the turn of a place is there.
  func exists(_ place: ItemPlace) -> Bool {
    place.turn < turns.count && turns[place.turn].serial == place.serial
  }

  /// The item that a place meant, unless its turn is gone; read and changed in place.
  mutating func change(_ place: ItemPlace, _ body: (inout ItemPlan) -> Void) {
    guard exists(place) else { return }
    change(place.turn) { body(&$0.items[place.item]) }
  }

  func lastVisibleItem(of turn: Int) -> Int? {
    turns[turn].items.lastIndex { !$0.isHidden }
  }
}
