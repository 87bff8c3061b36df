import AppServer
import CLI
import JSONRPC
import Settings
import System

/// Answers what comes on standard input until it ends, or until SIGTERM.
///
/// Nothing is read while something is being written, so a client that does not read is not read
/// either, and neither side's backlog grows here.
///
/// - Throws: What is wrong with an option, before anything is read.
func serve(_ options: ServeOptions) throws(SettingsError) {
  Allocator.keepBuffers()
  Termination.install()
  let server = try makeServer(options)
  var lines = LineSplitter()
  var chunk = [UInt8](repeating: 0, count: 64 * 1024)
  reading: while true {
    switch nextEvent(&chunk) {
    case .bytes(let count):
      lines.append(chunk[..<count])
      while let line = lines.next() { receive(line, by: server) }
    case .woken:
      server.finishWork()
    case .end:
      if let line = lines.rest() { receive(line, by: server) }
      break reading
    case .terminated:
      break reading
    }
  }
  server.endOfInput(waitingWith: Input.waitUntilWoken)
}

private func makeServer(_ options: ServeOptions) throws(SettingsError) -> Server {
  let host = HostInfo.current
  var overrides: [ConfigOverride] = []
  for option in options.overrides {
    overrides.append(try ConfigOverride(parsing: "\(option.key)=\(option.value)"))
  }
  let settings = try Settings(home: host.home, overrides: overrides, profile: options.profile)
  let outbox = Outbox(now: WallClock.now, send: send)
  let log = Log(Log.Level(name: Environment.value("REPRISE_LOG"))) { line in
    try? Output.standardError.write(line.utf8.span.bytes)
  }
  return Server(
    host: host, settings: settings, outbox: outbox, worker: Worker(wake: Input.wake), log: log)
}

/// A client that is gone, or one that does not read although the process is to end, ends it.
private func send(_ bytes: [UInt8]) {
  do { try Output.standard.write(bytes.span.bytes) } catch { Termination.exit(1) }
}

/// What cannot be read has ended.
private func nextEvent(_ chunk: inout [UInt8]) -> Input.Event {
  (try? Input.standard.read(into: &chunk)) ?? .end
}

private func receive(_ line: ArraySlice<UInt8>, by server: Server) {
  while !server.hasRoom {
    Input.waitUntilWoken()
    server.finishWork()
  }
  server.receive(line)
}
