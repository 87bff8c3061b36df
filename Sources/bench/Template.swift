import System

/// A rollout to make copies of, each of them another thread's.
struct Template {
  /// Below the home.
  let path: NumberedText
  /// Whole lines.
  let text: NumberedText

  /// Those that a home holds, the largest first: it says how what stands behind it is read.
  ///
  /// - Parameter limit: How much to take at most, in bytes.
  /// - Throws: When that is nothing.
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

/// Bytes in which every UUID can be replaced, so that copies have nothing in common but their words.
struct NumberedText {
  private let bytes: [UInt8]
  /// Where the UUIDs begin.
  private let ids: [Int]

  var count: Int { bytes.count }

  init(_ bytes: [UInt8]) {
    var ids: [Int] = []
    var position = 0
    while position + 36 <= bytes.count {
      // Most places are ruled out by the first dash.
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

  /// The text with this number in the last six digits of every UUID.
  func copy(_ number: Int) -> [UInt8] {
    let digits = Array(String(number, radix: 16).utf8)
    let number = [UInt8](repeating: UInt8(ascii: "0"), count: max(0, 6 - digits.count)) + digits
    var copy = bytes
    for id in ids { copy.replaceSubrange((id + 30)..<(id + 36), with: number.suffix(6)) }
    return copy
  }
}

/// The rollouts below a folder that are not compressed, and their sizes in bytes.
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
