import JSON
package import Platform
import Synchronization

extension SessionIndex {
  /// Appends a line that gives a thread a name.
  ///
  /// - Parameter time: The time of the change, in milliseconds since 1970.
  package func append(_ name: String, of thread: UUID, at time: Int64) throws(SystemError) {
    try changing { () throws(SystemError) in try appendLine(name, thread, time) }
  }

  /// Calls `body`, which changes the file, while no other thread and no other process of this program
  /// does. The original appends without a lock.
  private func changing(_ body: () throws(SystemError) -> Void) throws(SystemError) {
    let turn = try WriterLock.coordination(ofHome: Path.directory(of: path))
    defer { withExtendedLifetime(turn) {} }
    try body()
  }

  private func appendLine(_ name: String, _ thread: UUID, _ time: Int64) throws(SystemError) {
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
      // Another program may have replaced the file meanwhile. The line is lost with the old file and
      // has to be appended again.
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

  /// Removes all lines about some threads, and keeps everything else.
  package func remove(_ threads: Set<UUID>, _ log: Log) throws(SystemError) {
    guard let target = try realPath() else { return }
    try changing { () throws(SystemError) in
      let file = try File(target, for: .reading)
      var end = try file.status().size
      guard let kept = try content(of: file, upTo: end, without: threads) else { return }
      let replacement = try AtomicFile(target)
      try replacement.write(kept.span.bytes)
      // The original appends to the old file until the new one has its name, and with a file that it
      // has opened before, even a moment longer.
      try replacement.replace(log) { (new) throws(SystemError) in
        try Self.copy(file, from: &end) { (bytes) throws(SystemError) in try new.write(bytes) }
      }
      try Self.copy(file, from: &end) { (bytes) throws(SystemError) in
        try File(target, for: .appending).append(bytes)
      }
    }
  }

  /// The path of the file without symbolic links; nil if there is no file.
  private func realPath() throws(SystemError) -> String? {
    do throws(SystemError) { return try Path.real(path) } catch {
      guard error.isNotFound else { throw error }
      return nil
    }
  }

  /// Hands what was appended to a file since a position to `write`, and moves the position to its
  /// end.
  private static func copy(
    _ file: File, from position: inout Int, to write: (RawSpan) throws(SystemError) -> Void
  ) throws(SystemError) {
    let end = try file.status().size
    guard end > position else { return }
    try file.forEachChunk(in: position..<end, write)
    position = end
  }

  /// The content of the file without the entries of some threads; nil if it has no such entries.
  private func content(
    of file: File, upTo size: Int, without threads: Set<UUID>
  ) throws(SystemError) -> [UInt8]? {
    let lines = LineReader(file, in: 0..<size)
    let parser = JSONParser()
    var kept: [UInt8] = []
    var isChanged = false
    while let line = try lines.next(ifLong: { _, _ in .kept }) {
      let end = line.offset + line.bytes.count < size ? [UInt8(ascii: "\n")] : []
      let removed = Self.ranges(of: threads, on: line.bytes, parser)
      if removed.isEmpty {
        kept += line.bytes + end
      } else {
        isChanged = true
        let rest = Self.bytes(line.bytes, without: removed)
        if !rest.allSatisfy(Self.isPadding) { kept += rest + end }
      }
    }
    return isChanged ? kept : nil
  }

  /// Whether a byte is white space, a NUL or a part of a byte order mark.
  private static func isPadding(_ byte: UInt8) -> Bool {
    byte <= UInt8(ascii: " ") || [0xEF, 0xBB, 0xBF].contains(byte)
  }

  /// The ranges of the entries of some threads on a line, in bytes.
  private static func ranges(
    of threads: Set<UUID>, on line: UnsafeBufferPointer<UInt8>, _ parser: JSONParser
  ) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var values = LineValues(line, parser)
    while let (entry, range) = values.next() {
      if let thread = thread(of: entry), threads.contains(thread) { ranges.append(range) }
    }
    return ranges
  }

  /// The bytes of a line outside of some ranges.
  private static func bytes(
    _ line: UnsafeBufferPointer<UInt8>, without ranges: [Range<Int>]
  ) -> [UInt8] {
    var rest: [UInt8] = []
    var start = 0
    for range in ranges {
      rest += line[start..<range.lowerBound]
      start = range.upperBound
    }
    return rest + line[start...]
  }
}
