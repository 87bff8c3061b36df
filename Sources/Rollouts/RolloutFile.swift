import Platform

/// A file with the name of a rollout, which was not opened yet.
package struct RolloutFile: Sendable {
  /// The folder of the file.
  package let folder: RolloutFolder
  /// The name of the file, taken apart.
  package let name: RolloutName
  /// The name as it is written, if that is not its normal form; else nil.
  private let spelling: String?

  /// Creates a file from its name; nil if the text is not the name of a rollout.
  init?(_ text: Span<UInt8>, in folder: RolloutFolder) {
    guard let name = RolloutName(text) else { return nil }
    self.folder = folder
    self.name = name
    spelling = name.isSpelled(text) ? nil : String(text)
  }

  /// The path below the home as it was given, with its symbolic links.
  package var path: String {
    if let spelling { return Path.join(folder.path, spelling) }
    // A list needs thousands of paths, so each is made with one allocation.
    let beginning = folder.path.utf8
    let length = beginning.count + 1 + name.length
    return String(unsafeUninitializedCapacity: length) { buffer in
      _ = buffer.initialize(from: beginning)
      buffer[beginning.count] = UInt8(ascii: "/")
      name.write(to: UnsafeMutableBufferPointer(rebasing: buffer[(beginning.count + 1)...]))
      return length
    }
  }

  /// Whether the file is in `archived_sessions` or below.
  package var isArchived: Bool { folder.isArchived }

  /// The day at which lists show the file, counted from 1970: that of its folder, or in the archive
  /// that of its name.
  package var day: Int {
    folder.day ?? name.dayOfWriting
  }

  /// The rank of the file. Of several files with the content of one thread, those with the lowest
  /// rank count: active before archived, plain before compressed, canonical names before copies.
  package var rank: Int {
    (isArchived ? 4 : 0) + (name.isCompressed ? 2 : 0) + (name.isCopy ? 1 : 0)
  }

  /// Whether two files have one path.
  package func isSame(as other: RolloutFile) -> Bool {
    name == other.name && spelling == other.spelling
      && (folder === other.folder || folder.path == other.folder.path)
  }
}
