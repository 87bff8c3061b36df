import JSON
package import System

extension SessionIndex {
  /// Adds a line that gives the thread a name; all servers on the home may do that at once.
  ///
  /// - Parameter time: In ms since 1970.
  package func append(_ name: String, of thread: UUID, at time: Int64) throws(SystemError) {
    try Directory.create(Path.directory(of: path))
    var out = JSONWriter()
    let members = [
      (name: "id", value: RawJSON(thread.description)), (name: "thread_name", value: RawJSON(name)),
      (name: "updated_at", value: RawJSON(RFC3339.format(time))),
    ]
    WireMap(members).write(to: &out)
    out.byte(UInt8(ascii: "\n"))
    var file: File
    repeat {
      file = try File(path, for: .appendingOrCreating)
      try Self.append(out.bytes, to: file)
      // A file that gave way to another one takes the line with it.
    } while try !file.isNamed(path)
  }

  private static func append(_ line: [UInt8], to file: File) throws(SystemError) {
    let size = try file.status().size
    let lineEnd = UInt8(ascii: "\n")
    let last = size > 0 ? try file.byte(at: size - 1) : lineEnd
    let bytes = last == lineEnd ? line : [lineEnd] + line
    do throws(SystemError) {
      try file.append(bytes.span.bytes)
    } catch {
      if let now = try? file.status().size, now > size, now - size < bytes.count {
        try? file.truncate(to: size)
      }
      throw error
    }
  }

  /// Removes every line about the thread; all others stay as they are.
  package func remove(_ thread: UUID) throws(SystemError) {
    guard let target = try? Path.real(path) else { return }
    let turn = try WriterLock.coordination(ofHome: Path.directory(of: path))
    try withExtendedLifetime(turn) { () throws(SystemError) in
      let file = try File(target, for: .reading)
      let size = try file.status().size
      let kept = try lines(of: file, upTo: size, without: thread)
      guard kept.count < size else { return }
      let replacement = try AtomicFile(target)
      try replacement.write(kept.span.bytes)
      try replacement.replace()
      try appendWhatCame(behind: size, in: file, to: target)
    }
  }

  /// Names that others gave to the old file before they could see the new one.
  private func appendWhatCame(
    behind size: Int, in file: File, to target: String
  ) throws(SystemError) {
    let end = try file.status().size
    guard end > size else { return }
    let new = try File(target, for: .appending)
    try file.forEachChunk(in: size..<end) { (bytes) throws(SystemError) in try new.append(bytes) }
  }

  private func lines(
    of file: File, upTo size: Int, without thread: UUID
  ) throws(SystemError) -> [UInt8] {
    let lines = LineReader(file, in: 0..<size)
    let parser = JSONParser()
    var kept: [UInt8] = []
    while let line = try lines.next(ifLong: { _, _ in .kept }) {
      let entry = try? parser.parse(line.bytes, mode: .lenient)
      let named = entry?.string("id").flatMap { try? UUID($0) }
      guard named != thread else { continue }
      kept += line.bytes
      if line.offset + line.bytes.count < size { kept.append(UInt8(ascii: "\n")) }
    }
    return kept
  }
}
