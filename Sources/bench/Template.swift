import Platform

/// A rollout of which copies are made, each with the ids of another thread.
struct Template {
  /// The path below the home.
  let path: NumberedText
  /// The content, which ends with a line end.
  let text: NumberedText

  /// Reads the rollouts of a home, the largest first: its header decides how the rollouts behind it
  /// are read.
  ///
  /// - Parameter limit: The number of bytes to read at most.
  /// - Throws: An error if no rollout is small enough.
  static func rollouts(of home: String, upTo limit: Int) throws -> [Template] {
    var rest = limit
    let largestFirst = try rolloutFiles(in: home).sorted { ($0.size, $1.path) > ($1.size, $0.path) }
    let templates = try largestFirst.compactMap { file in
      guard file.size <= rest else { return nil as Template? }
      rest -= file.size
      return try Template(file.path, in: home, upTo: limit)
    }
    if templates.isEmpty {
      throw SystemError(operation: "read", path: home, reason: "no rollouts of a size to repeat")
    }
    return templates
  }

  private init(_ path: String, in home: String, upTo limit: Int) throws {
    var bytes = try File(path, for: .reading).readAll(limit: limit)
    if bytes.last != UInt8(ascii: "\n") { bytes.append(UInt8(ascii: "\n")) }
    self.path = NumberedText(Array(path.utf8.dropFirst(home.utf8.count + 1)))
    text = NumberedText(bytes)
  }
}

/// Bytes in which every UUID can be replaced, so that copies have no ids in common.
struct NumberedText {
  private let bytes: [UInt8]
  /// The offsets of the UUIDs.
  private let ids: [Int]

  var count: Int { bytes.count }

  init(_ bytes: [UInt8]) {
    var ids: [Int] = []
    var position = 0
    while position + 36 <= bytes.count {
      // The first dash rules out most places.
      if bytes[position + 8] == UInt8(ascii: "-"), UUID(bytes.span, at: position) != nil {
        ids.append(position)
        position += 36
      } else {
        position += 1
      }
    }
    self.bytes = bytes
    self.ids = ids
  }

  /// A copy with a number in the last six digits of every UUID.
  func copy(_ number: Int) -> [UInt8] {
    let digits = Array(String(number, radix: 16).utf8)
    let number = [UInt8](repeating: UInt8(ascii: "0"), count: max(0, 6 - digits.count)) + digits
    var copy = bytes
    for id in ids { copy.replaceSubrange((id + 30)..<(id + 36), with: number.suffix(6)) }
    return copy
  }
}

/// The uncompressed rollouts below a folder, with their sizes in bytes.
func rolloutFiles(in folder: String) throws -> [(path: String, size: Int)] {
  var files: [(path: String, size: Int)] = []
  for entry in try Directory.entries(at: folder) {
    let path = Path.join(folder, entry.name)
    if entry.kind == .directory {
      files += try rolloutFiles(in: path)
    } else if entry.name.hasPrefix("rollout-"), entry.name.hasSuffix(".jsonl") {
      files.append((path, try FileStatus(path: path).size))
    }
  }
  return files
}
