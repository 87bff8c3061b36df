/// The web searches of a turn that only an event, or only a call without an id, reported so far. A
/// later record may report the search again.
struct WebSearches {
  /// The number of events that reported each search, by its signature.
  private var told: [String: Int] = [:]
  /// The items of the calls that reported each search, by its signature.
  private var calls: [String: Calls] = [:]

  private struct Calls {
    var items: [Int] = []
    /// The number of items, from the first on, that an event was matched with.
    var taken = 0
  }

  /// Whether an event reported the search before a call does; that event is then used up.
  mutating func takeEvent(of search: String) -> Bool {
    guard let count = told[search], count > 0 else { return false }
    told[search] = count - 1
    return true
  }

  /// The index of the call's item for a search that an event now reports; nil where no call is
  /// left.
  mutating func takeCall(of search: String) -> Int? {
    guard let calls = calls[search], calls.taken < calls.items.count else { return nil }
    self.calls[search]?.taken += 1
    return calls.items[calls.taken]
  }

  /// Notes that an event reported a search.
  mutating func noteEvent(of search: String) { told[search, default: 0] += 1 }

  /// Notes that a call reported a search, and which item it is.
  mutating func noteCall(of search: String, item: Int) {
    calls[search, default: Calls()].items.append(item)
  }
}
