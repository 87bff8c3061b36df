import JSON
import Protocol
import Rollouts

// Web searches (HISTORY.md 5).
extension TurnPlanner {
  /// Adds a search that the model's record tells of without naming it, unless an event did before.
  mutating func addNamelessSearch(_ record: Record) {
    let turn = openTurn(orImplicitFor: record)
    let serial = turns[turn].serial
    let search = ThreadItem.WebSearch.signature(of: record.payload)
    if let search, searches[serial]?.takeEvent(of: search) ?? false { return }
    add(record, to: turn, traits: .rebuilt, id: nil)
    guard let search else { return }
    searches[serial, default: WebSearches()].noteCall(of: search, item: turns[turn].items.count - 1)
  }

  /// Prepares the place of an event's search: that of a call which told of it without naming it.
  mutating func noteSearch(_ source: JSONValue, id: JSONValue?, in turn: Int) {
    guard let id, let search = ThreadItem.WebSearch.signature(of: source) else { return }
    let key = key(id, in: turn)
    guard places[key] == nil else { return }
    let serial = turns[turn].serial
    if let call = searches[serial]?.takeCall(of: search) {
      places[key] = call
    } else {
      searches[serial, default: WebSearches()].noteEvent(of: search)
    }
  }
}
