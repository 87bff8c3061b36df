import Platform

/// A group that may have threads for a list, and between which times of the list's order they are.
struct ListCandidate {
  let group: FileGroup
  let times: ClosedRange<Int64>

  /// The time of the first thread that may come, in ms since 1970.
  func first(_ query: ListQuery) -> Int64 {
    query.isDescending ? times.upperBound : times.lowerBound
  }

  /// Whether a thread of the group may lie behind the cursor.
  func mayLieBehind(_ query: ListQuery) -> Bool {
    guard let time = query.cursor?.start.row.time else { return true }
    return query.isDescending ? times.lowerBound <= time : times.upperBound >= time
  }
}
