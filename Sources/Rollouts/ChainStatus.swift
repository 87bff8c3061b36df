import Platform

/// What the files of a chain were when they were opened, to tell whether they still are that.
package struct ChainStatus: Sendable {
  /// When the opening began, in ms since 1970.
  private let start: Int64
  private var files: [(path: String, status: FileStatus)] = []

  init(since start: Int64) { self.start = start }

  /// Adds a file; the head comes first.
  mutating func add(_ file: File, _ status: FileStatus) { files.append((file.path, status)) }

  /// Whether both times the files were the same and had the same content.
  package func hasSameFiles(as other: ChainStatus) -> Bool {
    files.elementsEqual(other.files) { $0.path == $1.path && $0.status == $1.status }
  }

  /// Whether no file was touched since, as far as its status tells.
  package var isUnchanged: Bool {
    files.allSatisfy { path, status in
      status.isSettled(by: start) && (try? FileStatus(path: path)) == status
    }
  }

  /// The files that others refer to, each by its name.
  package var bases: [String] { files.dropFirst().map(\.path) }
}

extension FileStatus {
  /// What is changed within this time, in ms, may bear the same time: file systems have coarse
  /// clocks.
  private static let tick: Int64 = 50
  /// The same where they count whole seconds, some of them every other one.
  private static let slowTick: Int64 = 2050

  /// Whether every change after a moment, in ms since 1970, gives the file another time, even if
  /// somebody sets back that of its content.
  func isSettled(by moment: Int64) -> Bool {
    let last = max(modifiedNanoseconds, changedNanoseconds)
    let tick = last.isMultiple(of: 1_000_000_000) ? Self.slowTick : Self.tick
    return last / 1_000_000 < moment - tick
  }
}
