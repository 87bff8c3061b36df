import System

/// A folder below `sessions` or `archived_sessions`, or one of these.
package final class RolloutFolder: Sendable {
  /// Below the home as it was given: symbolic links in that are kept.
  package let path: String
  /// Whether it is `archived_sessions` or lies below.
  package let isArchived: Bool
  /// The numbers on the way here from `sessions`: year, month, day. Nil where it leads elsewhere.
  private let date: [Int]?
  private let isArchive: Bool
  /// The day whose threads it holds, counted from 1970.
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

  /// Whether its files are listed: those of days, and those of the archive but not below it.
  package var isListed: Bool { day != nil || isArchive }

  /// Whether it comes before another one of the same folder: the newest first, and what is no date
  /// last.
  func precedes(_ other: RolloutFolder) -> Bool {
    (date?.last ?? -1, path) > (other.date?.last ?? -1, other.path)
  }

  /// A day or a month that the calendar does not have is the last one, so that the days of folders
  /// are in the order of the folders.
  private static func day(_ date: [Int]) -> Int {
    let month = min(max(date[1], 1), 12)
    let first = CivilDate(year: date[0], month: month, day: 1).daysSince1970
    let next = CivilDate(
      year: month == 12 ? date[0] + 1 : date[0], month: month % 12 + 1, day: 1
    ).daysSince1970
    return min(max(first + date[2] - 1, first), next - 1)
  }
}
