import Platform
import Rollouts

/// Measures how fast a rollout is read: first the limits of every reader, then step by step, each
/// with the steps before it.
func measureReading(_ subject: Subject, _ report: Report) throws {
  let file = try RolloutFile.open(subject.rollout.path)
  let size = try file.status().size
  try measureFloor(of: file, size, report)
  try report.row("line split") {
    Report.Work(bytes: size, note: "\(try countLines(of: file)) lines")
  }
  try report.row("tag scan") {
    let counter = try countRecords(of: file, size, parsing: false)
    return Report.Work(
      bytes: size,
      note: "\(counter.passed) records told by their tags, \(counter.parsed) parsed")
  }
  try report.row("full parse") {
    let counter = try countRecords(of: file, size, parsing: true)
    return Report.Work(bytes: size, note: "\(counter.parsed) records")
  }
}

private func measureFloor(of file: File, _ size: Int, _ report: Report) throws {
  var bytes: [UInt8] = []
  try file.forEachChunk(in: 0..<min(size, Subject.size)) { chunk in
    chunk.withUnsafeBytes { bytes.append(contentsOf: $0) }
  }
  report.row("memchr") {
    Report.Work(bytes: bytes.count, note: "\(countNewlines(in: bytes)) line ends in memory")
  }
  try report.row("page-cache read") {
    var count = 0
    try file.forEachChunk(in: 0..<size) { count += $0.byteCount }
    return Report.Work(bytes: count, note: "which each of the next three does too")
  }
}
