import AppServer
import CLI
import JSONRPC
import Platform
import Settings

/// Answers what comes on standard input until it ends, or until SIGTERM, and ends the process.
///
/// - Throws: What is wrong with an option, before anything is read.
func serve(_ options: ServeOptions) throws(SettingsError) -> Never {
  Allocator.keepFreedBuffers()
  Allocator.limitArenas()
  Termination.install()
  let server = try makeServer(options)
  var events = LoopEvents()
  var isFirstLine = true
  while server.wait != .nothing {
    let event = events.next(server.wait)
    if isFirstLine, case .line(let line) = event {
      warnOfHeaders(line)
      isFirstLine = false
    }
    server.handle(event)
  }
  server.close()
  // The memory of the server is not taken apart: the system takes all of it back at once.
  Termination.exit(0)
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
    host: .current(home: home.path), settings: settings, outbox: Outbox(send: send),
    now: WallClock.now, workers: .standard(wake: Input.wake), log: log)
}

/// The level that the environment asks for.
private func logLevel() -> Log.Level {
  guard let name = Environment.value("REPRISE_LOG"), !name.isEmpty else { return .off }
  if let level = Log.Level(name: name) { return level }
  let known = Log.Level.allCases.map(\.rawValue).joined(separator: ", ")
  printError("reprise: REPRISE_LOG=\(name) is no level; there are \(known)\n")
  return .off
}

/// A client that is gone, or one that does not read although the process is to end, ends it.
@Sendable private func send(_ bytes: [UInt8]) {
  do throws(SystemError) {
    try Output.standard.write(bytes.span.bytes)
  } catch {
    printError("reprise: cannot \(error)\n")
    Termination.exit(1)
  }
}

/// Clients of language servers send headers before each message; without a word they would wait for
/// ever.
private func warnOfHeaders(_ line: ArraySlice<UInt8>) {
  let header = "content-length:"
  guard String(decoding: line.prefix(header.utf8.count), as: UTF8.self).lowercased() == header
  else { return }
  printError("reprise: the input begins with a header; messages are lines of JSON, without headers\n")
}
