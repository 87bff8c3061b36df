import Foundation
import LibC
import Testing

@testable import Platform

/// Signals concern a whole process, so each test has one of its own.
@Suite struct TerminationTests {
  @Test func `SIGTERM ends the waiting for input, and more is not read`() async {
    await #expect(processExitsWith: .success) {
      try Termination.install()
      let pipe = try TestPipe()
      let input = Input(descriptor: pipe.readEnd, name: "input")
      var buffer = [UInt8](repeating: 0, count: 10)
      signalSoon(SIGTERM)
      try #require(try input.read(into: &buffer) == .terminated)
      pipe.write("more")
      try #require(try input.read(into: &buffer) == .terminated)
      try #require(Termination.isRequested)
    }
  }

  @Test func `another thread ends the waiting once, and other signals never`() async {
    await #expect(processExitsWith: .success) {
      try Termination.install()
      handleSignal(SIGUSR1) { _ in }
      let pipe = try TestPipe()
      let input = Input(descriptor: pipe.readEnd, name: "input")
      var buffer = [UInt8](repeating: 0, count: 10)
      signalSoon(SIGUSR1)
      Thread.detachNewThread {
        usleep(100_000)
        Input.wake()
        Input.wake()
      }
      try #require(try input.read(into: &buffer) == .woken)
      usleep(50_000)
      pipe.write("more")
      let next = try input.read(into: &buffer)
      if next == .woken { try #require(try input.read(into: &buffer) == .bytes(4)) }
      Input.wake()
      try #require(Input.waitUntilWoken())
      pipe.closeWriteEnd()
      try #require(try input.read(into: &buffer) == .end)
    }
  }

  @Test func `a write that is stuck gives up a second after SIGTERM`() async {
    await #expect(processExitsWith: .success) {
      try Termination.install()
      let pipe = try TestPipe()
      let output = Output(descriptor: pipe.writeEnd, name: "output")
      let message = [UInt8](repeating: 0, count: 1_000_000)
      let start = ContinuousClock.now
      signalSoon(SIGTERM)
      let error = #expect(throws: SystemError.self) { try output.write(message.span.bytes) }
      try #require(error?.code == ETIMEDOUT)
      let taken = ContinuousClock.now - start
      try #require(taken > .milliseconds(900) && taken < .seconds(4))
    }
  }

  @Test func `a slow reader gets all of it after SIGTERM`() async {
    await #expect(processExitsWith: .success) {
      try Termination.install()
      let pipe = try TestPipe()
      let output = Output(descriptor: pipe.writeEnd, name: "output")
      let message = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
      let reader = SlowReader(of: pipe.readEnd, pausing: .milliseconds(200))
      signalSoon(SIGTERM)
      try output.write(message.span.bytes)
      pipe.closeWriteEnd()
      try #require(Termination.isRequested)
      try #require(reader.everything() == message)
    }
  }

  @Test func `a reader that is gone is an error, not the end of the process`() async {
    await #expect(processExitsWith: .success) {
      try Termination.install()
      var ends: [Int32] = [-1, -1]
      try #require(pipe(&ends) == 0)
      close(ends[0])
      let output = Output(descriptor: ends[1], name: "output")
      let error = #expect(throws: SystemError.self) { try output.write([1, 2, 3].span.bytes) }
      try #require(error?.code == EPIPE)
    }
  }
}

/// Sends this process a signal, when what the test does meanwhile is likely to wait.
private func signalSoon(_ signal: Int32) {
  Thread.detachNewThread {
    usleep(50_000)
    kill(getpid(), signal)
  }
}
