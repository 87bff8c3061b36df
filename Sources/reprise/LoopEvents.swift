import AppServer
import JSONRPC
import Platform

/// The events of the process, one after the other. Only here the loop waits.
struct LoopEvents {
  private var lines = LineSplitter(mayBeLonger: Server.mayHoldHistory)
  private var chunk = [UInt8](repeating: 0, count: 64 * 1024)
  private var hasEnded = false

  /// Waits for the next event. A line must be released before the next call.
  ///
  /// - Parameter wait: The kind of event to wait for; not `nothing`.
  mutating func next(_ wait: LoopWait) -> LoopEvent {
    if case .work(let milliseconds) = wait {
      return Input.waitUntilWoken(milliseconds: milliseconds) ? .finishedWork : .timeout
    }
    while true {
      if let line = lines.next() { return LoopEvent(line) }
      if hasEnded { return .endOfInput }
      // An input that cannot be read counts as ended.
      switch (try? Input.standard.read(into: &chunk)) ?? .end {
      case .bytes(let count): lines.append(chunk[..<count])
      case .woken: return .finishedWork
      case .terminated: return .termination
      case .end:
        hasEnded = true
        if let line = lines.rest() { return LoopEvent(line) }
      }
    }
  }
}

extension LoopEvent {
  fileprivate init(_ line: LineSplitter.Line) {
    switch line {
    case .whole(let line): self = .line(line)
    case .tooLong(let beginning): self = .longLine(beginning: beginning)
    }
  }
}
