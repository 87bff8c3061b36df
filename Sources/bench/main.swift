import Platform

// Measures the parts of the server for `make bench`, with the fixtures or with the rollout or home
// in the first argument.

Allocator.keepFreedBuffers()

do {
  try measure(CommandLine.arguments.dropFirst().first)
} catch {
  try? Output.standardError.write("bench: \(error)\n".utf8.span.bytes)
  Termination.exit(1)
}

/// Measures in a temporary folder, which an interrupted run may have left behind.
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
