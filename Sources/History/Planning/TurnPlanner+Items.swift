import JSON
import Rollouts

// Items: which turn they belong to, and whose place they take.
extension TurnPlanner {
  /// Adds an item to the turn that its record names, or else to the open turn; an implicit turn is
  /// opened where there is none.
  ///
  /// - Parameter id: The id of the item, where it is not that of the record's payload.
  mutating func add(_ record: Record, traits: ItemPlan.Traits = [], id: JSONValue? = nil) {
    guard let turn = turn(for: record) else { return }
    add(record, to: turn, traits: traits, id: id)
  }

  /// The index of the turn that a record's item belongs to; nil where the item is dropped.
  mutating func turn(for record: Record) -> Int? {
    switch turn(namedBy: record.payload) {
    case .missing(let id): unknownTurn(id, of: record)
    case .turn(let index): index
    case .open: openTurn(orImplicitFor: record)
    }
  }

  /// The index of the open turn, or of an implicit turn that is opened for the record.
  mutating func openTurn(orImplicitFor record: Record) -> Int {
    if let openTurn { return openTurn }
    openImplicitTurn(for: record)
    return turns.count - 1
  }

  /// Adds an item to a turn. An event or completed item replaces the item with its id; a rebuilt
  /// item whose id the turn has already is another item.
  mutating func add(
    _ record: Record, to turn: Int, traits: ItemPlan.Traits, id: JSONValue?, part: Int = 0
  ) {
    var item = ItemPlan(
      record: record.location, part: UInt32(part), directory: directory, traits: traits)
    if traits.contains(.userMessage) { preview.offer(record, part: part) }
    let id = id ?? record.payload.itemID
    // The calls in a code cell have the id of the cell.
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

  /// Appends an item to a turn. A visible one ends the reasoning before it.
  private mutating func append(_ item: ItemPlan, to turn: Int) {
    if !item.isHidden { reasoningItem = nil }
    change(turn) { $0.items.append(item) }
  }

  /// Puts the item of an event in the place of the first rebuilt item with its id, or else of the
  /// last event with its id.
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
  /// The index of the first item with an id in a turn, hidden or not; nil where there is none.
  func place(of id: JSONValue, in turn: Int) -> Int? { places[key(id, in: turn)] }

  /// Whether a response item with an id was seen in a turn.
  func hasCall(_ id: JSONValue, in turn: Int) -> Bool {
    let key = key(id, in: turn)
    guard let first = places[key] else { return false }
    return repeatedPlaces[key] != nil
      || !turns[turn].items[first].traits.isDisjoint(with: [.rebuilt, .hasCall])
  }

  /// The index of the first item with an id that fulfils a condition; nil where none does.
  ///
  /// - Parameter start: The first repetition of the id that is still tested. An item that does not
  ///   fulfil the condition must never fulfil it later.
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

  /// - Parameter part: The index of the item among those of its record, which is part of the key
  ///   unless it is 0.
  func key(_ id: JSONValue, in turn: Int, part: Int = 0) -> ItemKey {
    key(id.text, in: turn, part: part)
  }

  /// The key of an id, given as the bytes between its quotes.
  func key(_ id: UnsafeBufferPointer<UInt8>, in turn: Int, part: Int = 0) -> ItemKey {
    var hasher = Hasher()
    hasher.combine(bytes: UnsafeRawBufferPointer(id))
    hasher.combine(turns[turn].serial)
    if part > 0 { hasher.combine(part) }
    return hasher.finalize()
  }

  /// The place of the item at an index of a turn.
  func place(_ item: Int, in turn: Int) -> ItemPlace {
    ItemPlace(turn: turn, serial: turns[turn].serial, item: item)
  }

  /// Whether the turn of a place still exists.
  func exists(_ place: ItemPlace) -> Bool {
    place.turn < turns.count && turns[place.turn].serial == place.serial
  }

  /// Changes the item at a place, unless its turn is gone.
  mutating func change(_ place: ItemPlace, _ body: (inout ItemPlan) -> Void) {
    guard exists(place) else { return }
    change(place.turn) { body(&$0.items[place.item]) }
  }

  /// The index of the last visible item of a turn; nil where there is none.
  func lastVisibleItem(of turn: Int) -> Int? {
    turns[turn].items.lastIndex { !$0.isHidden }
  }
}
