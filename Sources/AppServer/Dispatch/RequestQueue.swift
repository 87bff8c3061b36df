import JSONRPC
import Platform

/// The requests that have no answer yet: those with work under way, and those that wait for an earlier
/// one.
struct RequestQueue {
  private var running: [PendingRequest] = []
  /// In the order in which they were accepted.
  private var waiting: [PendingRequest] = []
  /// How many requests were accepted so far.
  private(set) var acceptedCount = 0

  var runningCount: Int { running.count }
  var waitingCount: Int { waiting.count }
  var count: Int { runningCount + waitingCount }

  /// The sizes of all requests together, in bytes.
  var size: Int {
    running.reduce(0) { $0 + $1.size } + waiting.reduce(0) { $0 + $1.size }
  }

  /// Gives the next request its place in the order: behind all that were accepted before.
  mutating func nextNumber() -> Int {
    acceptedCount += 1
    return acceptedCount
  }

  /// Whether the request has to wait for one that came before it.
  func isBlocked(_ request: PendingRequest) -> Bool {
    guard count > 0 else { return false }
    let isInItsWay = { (other: PendingRequest) in
      other.number < request.number && request.touches.waits(for: other.touches)
    }
    return running.contains(where: isInItsWay) || waiting.contains(where: isInItsWay)
  }

  mutating func wait(_ request: PendingRequest) {
    let later = waiting.firstIndex { $0.number > request.number }
    waiting.insert(request, at: later ?? waiting.endIndex)
  }

  /// Notes that there is work under way for the request.
  mutating func run(_ request: PendingRequest) { running.append(request) }

  /// Removes and returns the request of a number whose work is done.
  mutating func finish(_ number: Int) -> PendingRequest? {
    running.firstIndex { $0.number == number }.map { running.remove(at: $0) }
  }

  /// Removes and returns the first waiting request that nothing before it holds up.
  mutating func nextUnblocked() -> PendingRequest? {
    waiting.firstIndex { !isBlocked($0) }.map { waiting.remove(at: $0) }
  }

  /// Gives up a request that was cancelled. If it has work under way, that is told to end, and what the
  /// request touches stays taken until it does.
  mutating func cancel(_ ticket: Connection.Ticket) {
    if let index = waiting.firstIndex(where: { $0.ticket == ticket }) {
      waiting.remove(at: index)
    } else {
      running.first { $0.ticket == ticket }?.cancellation.cancel()
    }
  }
}
