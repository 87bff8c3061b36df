/// The mounted file systems, as Linux lists them (proc(5), `/proc/self/mountinfo`).
package enum MountTable {
  /// The type of the file system that contains a folder, for example `ext4`.
  ///
  /// - Parameter path: The absolute path with all symbolic links resolved.
  /// - Returns: Nil if the system does not tell it.
  package static func fileSystem(at path: String) -> String? {
    guard let table = try? File("/proc/self/mountinfo", for: .reading).readAll(limit: 1 << 20)
    else { return nil }
    return fileSystem(at: path, in: String(decoding: table, as: UTF8.self))
  }

  /// The type of the file system that contains a folder, according to the text of the table. The
  /// deepest mount point counts, and the last one of equal depth.
  static func fileSystem(at path: String, in table: String) -> String? {
    var deepest = (length: 0, type: String?.none)
    for line in table.split(separator: "\n") {
      let fields = line.split(separator: " ")
      guard fields.count > 6, let dash = fields[6...].firstIndex(of: "-"), dash + 1 < fields.count
      else { continue }
      // White space and backslashes are written as `\040`.
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
