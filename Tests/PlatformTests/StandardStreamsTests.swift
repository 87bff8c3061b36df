import Foundation
import TestSupport
import Testing

@testable import Platform

@Suite struct StandardStreamsTests {
  @Test func `input comes in pieces, and its end comes after all of it`() throws {
    let pipe = try TestPipe()
    let input = Input(descriptor: pipe.readEnd, name: "input")
    var buffer = [UInt8](repeating: 0, count: 4)
    pipe.write("abcdef")
    pipe.closeWriteEnd()
    #expect(try input.read(into: &buffer) == .bytes(4))
    #expect(buffer == Array("abcd".utf8))
    #expect(try input.read(into: &buffer) == .bytes(2))
    #expect(buffer == Array("efcd".utf8))
    #expect(try input.read(into: &buffer) == .end)
    #expect(try input.read(into: &buffer) == .end)
  }

  @Test func `a file and the null device are input too`() throws {
    let folder = try TemporaryFolder()
    var buffer = [UInt8](repeating: 0, count: 100)
    for (path, events) in [
      (try folder.write("one", to: "a"), [Input.Event.bytes(3), .end]), ("/dev/null", [.end]),
    ] {
      let descriptor = open(path, O_RDONLY)
      defer { close(descriptor) }
      let input = Input(descriptor: descriptor, name: path)
      for event in events { #expect(try input.read(into: &buffer) == event) }
    }
  }

  @Test func `an input that is closed on our side is an error`() {
    var buffer = [UInt8](repeating: 0, count: 1)
    let error = #expect(throws: SystemError.self) {
      try Input(descriptor: 9999, name: "input").read(into: &buffer)
    }
    #expect(error?.code == EBADF)
  }

  @Test func `output arrives whole, through a pipe that refuses to wait too`() throws {
    let message = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
    for flags in [0, O_NONBLOCK] {
      let pipe = try TestPipe()
      _ = fcntl(pipe.writeEnd, F_SETFL, flags)
      let reader = SlowReader(of: pipe.readEnd, pausing: .milliseconds(1))
      try Output(descriptor: pipe.writeEnd, name: "output").write(message.span.bytes)
      pipe.closeWriteEnd()
      #expect(reader.everything() == message)
    }
  }
}
