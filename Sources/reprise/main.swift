import AppServer
import CLI
import Platform
import Settings

// Does what the command line says. Only this target touches the standard streams.

StandardStreams.reserve()

do throws(UsageError) {
  switch try Invocation.parse(Array(Arguments.all.dropFirst())) {
  case .serve(let options):
    do throws(SettingsError) {
      try serve(options)
    } catch {
      complain("reprise: \(error.message)\n")
      Termination.exit(1)
    }
  case .help(let page):
    say(page.text)
  case .version:
    say("\(Version.line)\n")
  case .loginStatus:
    complain("Not logged in: stored threads need no account\n")
    Termination.exit(1)
  }
} catch {
  complain("reprise: \(error.message)\nTry `reprise --help`.\n")
  Termination.exit(error.status)
}

func say(_ text: String) {
  try? Output.standard.write(text.utf8.span.bytes)
}

func complain(_ text: String) {
  try? Output.standardError.write(text.utf8.span.bytes)
}
