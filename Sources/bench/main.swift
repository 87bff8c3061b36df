import System

// Measures the inside of the server, for `make bench`: against the fixtures, or against the stored
// rollout or home that is named.

Allocator.keepBuffers()

do {
  try measure(CommandLine.arguments.dropFirst().first)
} catch {
  try? Output.standardError.write("bench: \(error)\n".utf8.span.bytes)
  Termination.exit(1)
}

/// In a folder that an interrupted run may have left, and that this one does not leave.
func measure(_ path: String?) throws {
  let folder = Path.join(Path.current, ".build/bench")
  try Directory.remove(folder)
  defer { try? Directory.remove(folder) }
  let subject = try Subject(path, makingFilesIn: folder)
  let report = Report { text in try? Output.standard.write("\(text)\n".utf8.span.bytes) }
  report.begin(subject)
  try measureReading(subject, report)
  try measureWire(subject, report)
  try measureServer(subject, report)
}
