import AppServer
import CLI
import Platform
import Settings

// Runs the command of the command line. Only this target uses the standard streams.

StandardStreams.reserve()

do throws(UsageError) {
  switch try Invocation.parse(Array(Arguments.all.dropFirst())) {
  case .serve(let options):
    do throws(SettingsError) {
      try serve(options)
    } catch {
      printError("reprise: \(error.message)\n")
      Termination.exit(1)
    }
  case .help(let page):
    printOutput(page.text)
  case .version:
    printOutput("\(Version.line)\n")
  case .loginStatus:
    printError("Not logged in: stored threads need no account\n")
    Termination.exit(1)
  }
} catch {
  printError("reprise: \(error.message)\nTry `reprise --help`.\n")
  Termination.exit(error.status)
}

/// Writes a text to standard output, and ignores errors.
func printOutput(_ text: String) {
  try? Output.standard.write(text.utf8.span.bytes)
}

/// Writes a text to standard error, and ignores errors.
func printError(_ text: String) {
  try? Output.standardError.write(text.utf8.span.bytes)
}
