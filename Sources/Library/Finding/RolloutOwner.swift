package import Platform
package import Rollouts

/// What of a header tells whose file it is: little enough to be remembered of every file.
package struct HeaderIDs: Sendable {
  let id: UUID?
  /// The file that this one stands on.
  let base: UUID?
  let hasOrdinal: Bool
  /// The thread that started this one as its sub-agent.
  let spawnedBy: UUID?

  init(_ meta: SessionMeta) {
    id = meta.id
    base = meta.historyBase?.id
    hasOrdinal = meta.hasOrdinal
    spawnedBy = meta.spawnedBy
  }
}

/// Which thread a file says it belongs to, by its name and its first meta (ROLLOUTS.md 2.2).
package struct RolloutOwner: Sendable {
  /// The thread; nil where neither tells.
  package var id: UUID?
  /// Another id that finds it: the name's, where the meta has one of its own.
  package var alias: UUID?
  /// Set for a later part of a thread that was reverted.
  package var segment: Segment?

  package struct Segment: Comparable, Sendable {
    let time: LocalTime
    let id: UUID

    /// Whether the id tells when the segment was made, to the millisecond, and sorts by that.
    var hasOrderedID: Bool { id.timestamp != nil }

    /// The older of two: by their ids where both tell, else by the times in their names.
    package static func < (one: Segment, other: Segment) -> Bool {
      one.hasOrderedID && other.hasOrderedID
        ? one.id < other.id : (one.time, one.id) < (other.time, other.id)
    }
  }

  package init(_ name: RolloutName?, _ meta: SessionMeta?) {
    self.init(name, meta.map { HeaderIDs($0) })
  }

  init(_ name: RolloutName?, _ header: HeaderIDs?) {
    guard let name else {
      id = header?.id
      return
    }
    guard let metaID = header?.id else {
      id = name.lastID
      return
    }
    if name.firstID == metaID, name.lastID != metaID {
      let isSegment = header?.base != nil || header?.hasOrdinal == true
      id = isSegment ? metaID : name.lastID
      if isSegment { segment = Segment(time: name.time, id: name.lastID) }
    } else if name.lastID == metaID {
      id = metaID
    } else {
      id = metaID
      alias = name.lastID
    }
  }
}
