import JSON
import Protocol
import Rollouts

// Web searches (HISTORY.md 5).
extension TurnPlanner {
  /// Adds a web search from a call without an id, unless an event reported the search before.
  mutating func addNamelessSearch(_ record: Record) {
    let turn = openTurn(orImplicitFor: record)
    let serial = turns[turn].serial
    let search = ThreadItem.WebSearch.signature(of: record.payload)
    if let search, searches[serial]?.takeEvent(of: search) ?? false { return }
    add(record, to: turn, traits: .rebuilt, id: nil)
    guard let search else { return }
    searches[serial, default: WebSearches()].noteCall(of: search, item: turns[turn].items.count - 1)
  }

  /// Finds the item that the event of a search replaces: that of a call without an id which
  /// reported the search.
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
