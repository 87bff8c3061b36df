import JSON
package import System

extension SessionIndex {
  /// Adds a line that gives the thread a name; all servers on the home may do that at once.
  ///
  /// - Parameter time: In ms since 1970.
  package func append(_ name: String, of thread: UUID, at time: Int64) throws(SystemError) {
    try Directory.create(Path.directory(of: path))
    let file = try File(path, for: .appendingOrCreating)
    let size = try file.status().size
    var out = JSONWriter()
    if size > 0, try file.byte(at: size - 1) != UInt8(ascii: "\n") { out.byte(UInt8(ascii: "\n")) }
    let members = [
      (name: "id", value: RawJSON(thread.description)), (name: "thread_name", value: RawJSON(name)),
      (name: "updated_at", value: RawJSON(RFC3339.format(time))),
    ]
    WireMap(members).write(to: &out)
    out.byte(UInt8(ascii: "\n"))
    do throws(SystemError) {
      try file.append(out.bytes.span.bytes)
    } catch {
      if let now = try? file.status().size, now > size, now - size < out.bytes.count {
        try? file.truncate(to: size)
      }
      throw error
    }
  }

  /// Removes every line about the thread; all others stay as they are.
  package func remove(_ thread: UUID) throws(SystemError) {
    guard let target = try? Path.real(path) else { return }
    while true {
      let file = try File(target, for: .reading)
      let size = try file.status().size
      let kept = try lines(of: file, upTo: size, without: thread)
      guard kept.count < size else { return }
      let replacement = try AtomicFile(target)
      try replacement.write(kept.span.bytes)
      // Another server may have added a name meanwhile.
      let now = try FileStatus(path: target)
      if try now.isSameFile(as: file.status()), now.size == size {
        return try replacement.replace()
      }
    }
  }

  private func lines(
    of file: File, upTo size: Int, without thread: UUID
  ) throws(SystemError) -> [UInt8] {
    let lines = LineReader(file, in: 0..<size)
    let parser = JSONParser()
    var kept: [UInt8] = []
    while let line = try lines.next(skippingIf: { _, _ in false }) {
      let entry = try? parser.parse(line.bytes, mode: .lenient)
      let named = entry?.string("id").flatMap { try? UUID($0) }
      guard named != thread else { continue }
      kept += line.bytes
      if line.offset + line.bytes.count < size { kept.append(UInt8(ascii: "\n")) }
    }
    return kept
  }
}
