import JSONRPC
import System

/// The requests that have no answer yet: those with work beside the loop, and those that wait for an
/// earlier one.
struct RequestQueue {
  private var running: [Int: Request] = [:]
  /// In the order in which they were accepted.
  private var waiting: [Request] = []
  private var nextTicket = 0
  private var accepted = 0

  var runningCount: Int { running.count }
  var waitingCount: Int { waiting.count }
  var count: Int { runningCount + waitingCount }

  /// The sizes of all requests together, in bytes.
  var size: Int {
    running.values.reduce(0) { $0 + $1.size } + waiting.reduce(0) { $0 + $1.size }
  }

  /// Gives a request its place in the order: behind all that were accepted before.
  mutating func number(_ request: Request) {
    request.number = accepted
    accepted += 1
  }

  /// Whether the request has to wait for one that came before it.
  func isBlocked(_ request: Request) -> Bool {
    guard count > 0 else { return false }
    let isInItsWay = { (other: Request) in
      other.number < request.number && request.touched.waits(for: other.touched)
    }
    return running.values.contains(where: isInItsWay) || waiting.contains(where: isInItsWay)
  }

  mutating func wait(_ request: Request) {
    let later = waiting.firstIndex { $0.number > request.number }
    waiting.insert(request, at: later ?? waiting.endIndex)
  }

  /// Notes that there is work under way for the request; returns what the work is known by.
  mutating func run(_ request: Request) -> Int {
    nextTicket += 1
    running[nextTicket] = request
    return nextTicket
  }

  /// Removes and returns the request whose work is done.
  mutating func finish(_ ticket: Int) -> Request? { running.removeValue(forKey: ticket) }

  /// Removes and returns the first waiting request that nothing before it holds up.
  mutating func nextUnblocked() -> Request? {
    waiting.firstIndex { !isBlocked($0) }.map { waiting.remove(at: $0) }
  }

  /// Takes a request out of those to be answered; nil where there is none with this id.
  ///
  /// If it has work under way, that is told to end, and what it touches stays taken until it does.
  mutating func cancel(_ id: RequestID) -> Request? {
    if let index = waiting.firstIndex(where: { $0.id == id }) { return waiting.remove(at: index) }
    let request = running.values.first { $0.id == id && !$0.cancellation.isCancelled }
    request?.cancellation.cancel()
    return request
  }
}
