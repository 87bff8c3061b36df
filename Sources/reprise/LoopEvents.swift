import AppServer
import JSONRPC
import Platform

/// What happens to the process, one thing after the other: the one place where the loop waits.
struct LoopEvents {
  private var lines = LineSplitter()
  private var chunk = [UInt8](repeating: 0, count: 64 * 1024)
  private var hasEnded = false

  /// Waits for what is next. Let go of a line before asking for more.
  ///
  /// - Parameter wait: What is waited for; not `nothing`.
  mutating func next(_ wait: LoopWait) -> LoopEvent {
    if case .work(let milliseconds) = wait {
      return Input.waitUntilWoken(milliseconds: milliseconds) ? .finishedWork : .timeout
    }
    while true {
      if let line = lines.next() { return .line(line) }
      if hasEnded { return .endOfInput }
      // What cannot be read has ended.
      switch (try? Input.standard.read(into: &chunk)) ?? .end {
      case .bytes(let count): lines.append(chunk[..<count])
      case .woken: return .finishedWork
      case .terminated: return .termination
      case .end:
        hasEnded = true
        if let line = lines.rest() { return .line(line) }
      }
    }
  }
}
