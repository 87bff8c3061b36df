import Platform

/// A group that may contain threads for a list, with the range of times by which its threads are
/// ordered, in milliseconds since 1970.
struct ListCandidate {
  let group: FileGroup
  let times: ClosedRange<Int64>

  /// The time of the thread that may come first in the order of the query, in milliseconds since
  /// 1970.
  func first(_ query: ListQuery) -> Int64 {
    query.isDescending ? times.upperBound : times.lowerBound
  }

  /// Whether a thread of the group may come after the cursor of the query.
  func mayLieBehind(_ query: ListQuery) -> Bool {
    guard let time = query.cursor?.start.row.time else { return true }
    return query.isDescending ? times.lowerBound <= time : times.upperBound >= time
  }
}
