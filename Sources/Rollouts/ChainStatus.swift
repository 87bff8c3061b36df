import Platform

/// The status of the files of a chain when they were opened, for telling whether the files have
/// changed since.
package struct ChainStatus: Sendable {
  /// When the opening began, in milliseconds since 1970.
  private let start: Int64
  private var files: [(path: String, status: FileStatus)] = []

  init(since start: Int64) { self.start = start }

  /// Adds a file. The head has to be added first.
  mutating func add(_ file: File, _ status: FileStatus) { files.append((file.path, status)) }

  /// Whether both chains have the same paths with the same status, and so the same content.
  package func hasSameFiles(as other: ChainStatus) -> Bool {
    files.elementsEqual(other.files) { $0.path == $1.path && $0.status == $1.status }
  }

  /// Whether no file has changed since it was opened, according to its status.
  package var isUnchanged: Bool {
    files.allSatisfy { path, status in
      status.isSettled(by: start) && (try? FileStatus(path: path)) == status
    }
  }

  /// Whether a path is that of a file of the chain.
  package func contains(_ path: String) -> Bool { files.contains { $0.path == path } }

  /// The paths of all files except the head.
  package var bases: [String] { files.dropFirst().map(\.path) }

  /// Whether each `history_base` leads to the same path as when the chain was opened.
  ///
  /// - Parameter home: The rollout files of the home.
  package func hasBases(in home: RolloutFiles) -> Bool {
    bases.allSatisfy { base in
      RolloutName(Path.lastComponent(of: base)).flatMap { home.base($0.lastID)?.path } == base
    }
  }
}

extension FileStatus {
  /// The time within which two changes may get the same timestamp, in milliseconds, because file
  /// systems have coarse clocks.
  private static let tick: Int64 = 50
  /// The time within which two changes may get the same timestamp on file systems that store whole
  /// or even seconds, in milliseconds.
  private static let slowTick: Int64 = 2050

  /// Whether every change after a moment gives the file a new timestamp, even if a program sets
  /// back the modification time.
  ///
  /// - Parameter moment: The moment in milliseconds since 1970.
  func isSettled(by moment: Int64) -> Bool {
    let last = max(modifiedNanoseconds, changedNanoseconds)
    let tick = last.isMultiple(of: 1_000_000_000) ? Self.slowTick : Self.tick
    return last / 1_000_000 < moment - tick
  }
}
