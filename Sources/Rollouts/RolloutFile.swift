import System

/// A file that its name says is a rollout; nobody has looked into it yet.
package struct RolloutFile: Sendable {
  /// The folder of the file.
  package let folder: RolloutFolder
  /// The name of the file, taken apart.
  package let name: RolloutName
  /// The name as it is written, where that is not the normal form.
  private let spelling: String?

  /// Nil where the text is not the name of a rollout.
  init?(_ text: Span<UInt8>, in folder: RolloutFolder) {
    guard let name = RolloutName(text) else { return nil }
    self.folder = folder
    self.name = name
    spelling = name.isSpelled(text) ? nil : String(text)
  }

  /// Below the home as it was given: symbolic links in that are kept.
  package var path: String {
    if let spelling { return Path.join(folder.path, spelling) }
    // A list asks for thousands of them: each is made in one piece.
    let beginning = folder.path.utf8
    let length = beginning.count + 1 + name.length
    return String(unsafeUninitializedCapacity: length) { buffer in
      _ = buffer.initialize(from: beginning)
      buffer[beginning.count] = UInt8(ascii: "/")
      name.write(to: UnsafeMutableBufferPointer(rebasing: buffer[(beginning.count + 1)...]))
      return length
    }
  }

  /// Whether it lies in `archived_sessions`.
  package var isArchived: Bool { folder.isArchived }

  /// The day that it is listed at, counted from 1970: the folder's, in the archive that of the name.
  package var day: Int {
    let time = name.time
    return folder.day
      ?? CivilDate(year: time.year, month: time.month, day: time.day).daysSince1970
  }

  /// Of several files with the content of one thread, those of the lowest rank count:
  /// active before archived, plain before compressed, canonical names before copies.
  package var rank: Int {
    (isArchived ? 4 : 0) + (name.isCompressed ? 2 : 0) + (name.isCopy ? 1 : 0)
  }

  /// Whether both are the same name in the same folder.
  package func isSame(as other: RolloutFile) -> Bool {
    name == other.name && spelling == other.spelling
      && (folder === other.folder || folder.path == other.folder.path)
  }
}
