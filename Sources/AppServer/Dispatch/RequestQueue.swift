import JSONRPC
import Platform

/// The requests without an answer: those that are running, and those that wait for an earlier one.
struct RequestQueue {
  private var running: [PendingRequest] = []
  /// The waiting requests in the order of acceptance.
  private var waiting: [PendingRequest] = []
  /// The number of requests that were accepted so far.
  private(set) var acceptedCount = 0

  var runningCount: Int { running.count }
  var waitingCount: Int { waiting.count }
  var count: Int { runningCount + waitingCount }

  /// The size of all requests together, in bytes.
  var size: Int {
    running.reduce(0) { $0 + $1.size } + waiting.reduce(0) { $0 + $1.size }
  }

  /// The position of the next request in the order of acceptance.
  mutating func nextNumber() -> Int {
    acceptedCount += 1
    return acceptedCount
  }

  /// Whether a request has to wait for an earlier one.
  func isBlocked(_ request: PendingRequest) -> Bool {
    guard count > 0 else { return false }
    let isInItsWay = { (other: PendingRequest) in
      other.number < request.number && request.touches.waits(for: other.touches)
    }
    return running.contains(where: isInItsWay) || waiting.contains(where: isInItsWay)
  }

  /// Adds a request that has to wait.
  mutating func wait(_ request: PendingRequest) {
    let later = waiting.firstIndex { $0.number > request.number }
    waiting.insert(request, at: later ?? waiting.endIndex)
  }

  /// Adds a request that is running.
  mutating func run(_ request: PendingRequest) { running.append(request) }

  /// Removes and returns the running request with a number; nil if there is none.
  mutating func finish(_ number: Int) -> PendingRequest? {
    running.firstIndex { $0.number == number }.map { running.remove(at: $0) }
  }

  /// Removes and returns the first waiting request that no longer has to wait; nil if there is
  /// none.
  mutating func nextUnblocked() -> PendingRequest? {
    waiting.firstIndex { !isBlocked($0) }.map { waiting.remove(at: $0) }
  }

  /// Cancels a request. A waiting request is removed. A running one stays until its work ends, so
  /// that later requests in conflict with it still wait.
  mutating func cancel(_ ticket: Connection.Ticket) {
    if let index = waiting.firstIndex(where: { $0.ticket == ticket }) {
      waiting.remove(at: index)
    } else {
      running.first { $0.ticket == ticket }?.cancellation.cancel()
    }
  }
}
