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
        repeatedPlaces[key, default: []].append(turns[turn].items.count)
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
    let candidates = self.items(of: key)
    let rebuilt = candidates.first { turns[turn].items[$0].traits.contains(.rebuilt) }
    guard let place = rebuilt ?? candidates.last else { return }
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

  /// All items of an id, in the order of the file.
  func items(of key: ItemKey) -> [Int] {
    (places[key].map { [$0] } ?? []) + (repeatedPlaces[key] ?? [])
  }

  /// - Parameter part: Which of the record's items: only the first is found by the id alone.
  func key(_ id: JSONValue, in turn: Int, part: Int = 0) -> ItemKey {
    key(id.text, in: turn, part: part)
  }

  func key(_ id: UnsafeBufferPointer<UInt8>, in turn: Int, part: Int = 0) -> ItemKey {
    var hasher = Hasher()
    hasher.combine(bytes: UnsafeRawBufferPointer(id))
    if part > 0 { hasher.combine(part) }
    return ItemKey(turn: turns[turn].serial, id: hasher.finalize())
  }

  func place(_ item: Int, in turn: Int) -> ItemPlace {
    ItemPlace(turn: turn, serial: turns[turn].serial, item: item)
  }

  /// Whether the turn of a place is there.
  func isThere(_ place: ItemPlace) -> Bool {
    place.turn < turns.count && turns[place.turn].serial == place.serial
  }

  /// The item that a place meant, unless its turn is gone; read and changed in place.
  mutating func change(_ place: ItemPlace, _ body: (inout ItemPlan) -> Void) {
    guard isThere(place) else { return }
    change(place.turn) { body(&$0.items[place.item]) }
  }

  func lastVisibleItem(of turn: Int) -> Int? {
    turns[turn].items.lastIndex { !$0.isHidden }
  }
}
