import Platform

/// The folder `sessions` or `archived_sessions`, or a folder below them.
package final class RolloutFolder: Sendable {
  /// The path below the home as it was given, with its symbolic links.
  package let path: String
  /// Whether the folder is `archived_sessions` or below it.
  package let isArchived: Bool
  /// The numbers in the path below `sessions`: year, month, day; nil if the path contains other
  /// names.
  private let date: [Int]?
  private let isArchive: Bool
  /// The day of the threads in the folder, counted from 1970; nil if the folder is not that of a
  /// day.
  let day: Int?

  private init(path: String, isArchived: Bool, isArchive: Bool = false, date: [Int]?) {
    self.path = path
    self.isArchived = isArchived
    self.isArchive = isArchive
    self.date = date
    day = date.flatMap { $0.count == 3 ? Self.day($0) : nil }
  }

  static func sessions(of home: RolloutHome) -> RolloutFolder {
    RolloutFolder(path: home.sessions, isArchived: false, date: [])
  }

  static func archive(of home: RolloutHome) -> RolloutFolder {
    RolloutFolder(path: home.archivedSessions, isArchived: true, isArchive: true, date: nil)
  }

  func subfolder(_ name: String) -> RolloutFolder {
    var below: [Int]?
    if let date, date.count < 3, let number = UInt16(name) { below = date + [Int(number)] }
    return RolloutFolder(path: Path.join(path, name), isArchived: isArchived, date: below)
  }

  /// Whether the files in the folder are listed: those of days and those in the archive, but not
  /// below it.
  package var isListed: Bool { day != nil || isArchive }

  /// The last day of the files that are made in the folder or below it, counted from 1970; the
  /// greatest number if the folder is not that of a year, a month or a day.
  var lastDay: Int {
    guard let date, let year = date.first else { return .max }
    return Self.day([year, date.count > 1 ? date[1] : 12, date.count > 2 ? date[2] : 31])
  }

  /// Whether the folder is `sessions` or `archived_sessions` itself.
  package var isRoot: Bool { isArchive || date?.isEmpty == true }

  /// Whether the folder precedes another one in their common folder: newer dates first, other names
  /// last.
  func precedes(_ other: RolloutFolder) -> Bool {
    (date?.last ?? -1, path) > (other.date?.last ?? -1, other.path)
  }

  /// The day of a date, counted from 1970. A day or month that does not exist counts as the last
  /// one, so that days have the order of their folders.
  private static func day(_ date: [Int]) -> Int {
    let month = min(max(date[1], 1), 12)
    let first = CivilDate(year: date[0], month: month, day: 1).daysSince1970
    let next = CivilDate(
      year: month == 12 ? date[0] + 1 : date[0], month: month % 12 + 1, day: 1
    ).daysSince1970
    return min(max(first + date[2] - 1, first), next - 1)
  }
}
