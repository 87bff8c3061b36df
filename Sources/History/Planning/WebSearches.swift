/// The web searches of a turn that an event or a call without an id told of, and nothing else yet:
/// both may be the same search.
struct WebSearches {
  /// How many events told of a search, by what was searched for.
  private var told: [String: Int] = [:]
  /// The items of calls.
  private var calls: [String: Calls] = [:]

  private struct Calls {
    var items: [Int] = []
    /// How many of them are the searches of events.
    var taken = 0
  }

  /// Whether an event told of the search that a call tells of.
  mutating func takeEvent(of search: String) -> Bool {
    guard let count = told[search], count > 0 else { return false }
    told[search] = count - 1
    return true
  }

  /// The item of a call that told of the search that an event tells of.
  mutating func takeCall(of search: String) -> Int? {
    guard let calls = calls[search], calls.taken < calls.items.count else { return nil }
    self.calls[search]?.taken += 1
    return calls.items[calls.taken]
  }

  mutating func noteEvent(of search: String) { told[search, default: 0] += 1 }

  mutating func noteCall(of search: String, item: Int) {
    calls[search, default: Calls()].items.append(item)
  }
}
