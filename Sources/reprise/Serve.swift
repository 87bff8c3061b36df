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
  var isFirst = true
  var chunk = [UInt8](repeating: 0, count: 64 * 1024)
  reading: while true {
    switch nextEvent(&chunk) {
    case .bytes(let count):
      lines.append(chunk[..<count])
      while let line = lines.next() {
        if isFirst { warnOfHeaders(line) }
        isFirst = false
        receive(line, by: server)
      }
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
  let home = try Home.locate()
  var overrides: [ConfigOverride] = []
  for option in options.overrides {
    overrides.append(try ConfigOverride(parsing: "\(option.key)=\(option.value)"))
  }
  let settings = try Settings(
    home: home.path, overrides: overrides, profile: options.profile, warning: home.warning)
  let log = Log(logLevel()) { line in try? Output.standardError.write(line.utf8.span.bytes) }
  for warning in settings.warnings { log.warn(warning.details ?? warning.summary) }
  return Server(
    host: .current(home: home.path), settings: settings,
    outbox: Outbox(now: WallClock.now, send: send), worker: Worker(wake: Input.wake), log: log)
}

/// The level that the environment asks for.
private func logLevel() -> Log.Level {
  guard let name = Environment.value("REPRISE_LOG"), !name.isEmpty else { return .off }
  if let level = Log.Level(name: name) { return level }
  let known = Log.Level.allCases.map(\.rawValue).joined(separator: ", ")
  complain("reprise: REPRISE_LOG=\(name) is no level; there are \(known)\n")
  return .off
}

/// A client that is gone, or one that does not read although the process is to end, ends it.
private func send(_ bytes: [UInt8]) {
  do throws(SystemError) {
    try Output.standard.write(bytes.span.bytes)
  } catch {
    complain("reprise: cannot \(error)\n")
    Termination.exit(1)
  }
}

/// Clients of language servers send headers before each message; without a word they would wait for
/// ever.
private func warnOfHeaders(_ line: ArraySlice<UInt8>) {
  let header = "content-length:"
  guard String(decoding: line.prefix(header.utf8.count), as: UTF8.self).lowercased() == header
  else { return }
  complain("reprise: the input begins with a header; messages are lines of JSON, without headers\n")
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
