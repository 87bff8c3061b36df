import AppServer
import CLI
import JSONRPC
import Platform
import Rollouts
import Settings

/// Answers the messages on standard input until it ends or SIGTERM arrives, and ends the process.
///
/// - Throws: The error in an option or a setting, before anything is read.
func serve(_ options: ServeOptions) throws(SettingsError) -> Never {
  Allocator.keepFreedBuffers()
  Allocator.limitArenas()
  OpenFileLimit.raise()
  installSignalHandlers()
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
  // The server's memory is not released piece by piece, because the system does that faster.
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
  setUnpackLimit()
  let log = Log(logLevel()) { line in try? Output.standardError.write(line.utf8.span.bytes) }
  for warning in settings.warnings { log.warn(warning.details ?? warning.summary) }
  return Server(
    host: .current(home: home.path), settings: settings, outbox: Outbox(send: send),
    now: WallClock.now, workers: .standard(wake: Input.wake), log: log)
}

/// Installs the signal handlers. If that fails, the process ends.
private func installSignalHandlers() {
  do throws(SystemError) { try Termination.install() } catch {
    printError("reprise: cannot \(error)\n")
    Termination.exit(1)
  }
}

/// The log level in the variable `REPRISE_LOG`.
private func logLevel() -> Log.Level {
  guard let name = Environment.value("REPRISE_LOG"), !name.isEmpty else { return .off }
  if let level = Log.Level(name: name) { return level }
  let known = Log.Level.allCases.map(\.rawValue).joined(separator: ", ")
  printError("reprise: REPRISE_LOG=\(name) is no level; there are \(known)\n")
  return .off
}

/// Sets the size up to which compressed files are unpacked from the variable `REPRISE_UNPACK_LIMIT`.
private func setUnpackLimit() {
  guard let text = Environment.value("REPRISE_UNPACK_LIMIT"), !text.isEmpty else { return }
  if let size = Int(text), size >= 0 { return UnpackLimit.set(size) }
  printError("reprise: REPRISE_UNPACK_LIMIT=\(text) is no number of bytes\n")
}

/// Writes bytes to standard output. If that fails, because the client has closed its end or does
/// not read after SIGTERM, the process ends.
@Sendable private func send(_ bytes: [UInt8]) {
  do throws(SystemError) {
    try Output.standard.write(bytes.span.bytes)
  } catch {
    printError("reprise: cannot \(error)\n")
    Termination.exit(1)
  }
}

/// Warns if the first line is a header, as clients of language servers send it. Such a client would
/// wait for ever.
private func warnOfHeaders(_ line: ArraySlice<UInt8>) {
  let header = "content-length:"
  guard String(decoding: line.prefix(header.utf8.count), as: UTF8.self).lowercased() == header
  else { return }
  printError(
    "reprise: the input begins with a header; messages are lines of JSON, without headers\n")
}
