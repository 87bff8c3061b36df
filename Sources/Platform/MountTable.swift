/// The mounted file systems, as Linux lists them (proc(5), `/proc/self/mountinfo`).
package enum MountTable {
  /// What kind of file system a folder is on, such as `ext4`.
  ///
  /// - Parameter path: With all symbolic links resolved.
  /// - Returns: Nil where the system does not tell.
  package static func fileSystem(at path: String) -> String? {
    guard let table = try? File("/proc/self/mountinfo", for: .reading).readAll(limit: 1 << 20)
    else { return nil }
    return fileSystem(at: path, in: String(decoding: table, as: UTF8.self))
  }

  /// The same by the text of the table: the deepest mount point counts, of equal ones the last.
  static func fileSystem(at path: String, in table: String) -> String? {
    var deepest = (length: 0, type: String?.none)
    for line in table.split(separator: "\n") {
      let fields = line.split(separator: " ")
      guard fields.count > 6, let dash = fields[6...].firstIndex(of: "-"), dash + 1 < fields.count
      else { continue }
      // White space and backslashes stand there as `\040`.
      let point = fields[4].decodingEscapes(after: UInt8(ascii: "\\"), digits: 3, radix: 8)
      if path == point || path.hasPrefix(point == "/" ? "/" : point + "/"),
        point.utf8.count >= deepest.length
      {
        deepest = (point.utf8.count, String(fields[dash + 1]))
      }
    }
    return deepest.type
  }
}
