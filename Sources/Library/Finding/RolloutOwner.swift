package import Platform
package import Rollouts

/// The fields of a header that decide which thread a file belongs to. They are small enough to be
/// kept in memory for every file.
package struct HeaderIDs: Sendable {
  /// The id of the thread.
  let id: UUID?
  /// The id of the file whose history this file continues; nil if it continues none.
  let base: UUID?
  /// Whether the header record has an ordinal.
  let hasOrdinal: Bool
  /// Whether the thread may go on in other files.
  let refersToFiles: Bool
  /// The id of the thread that started this thread as a sub-agent; nil for other threads.
  let spawnedBy: UUID?

  init(_ meta: SessionMeta) {
    id = meta.id
    base = meta.historyBase?.id
    hasOrdinal = meta.hasOrdinal
    refersToFiles = meta.generation.refersToFiles
    spawnedBy = meta.spawnedBy
  }
}

/// The thread that a rollout file belongs to, according to its name and its header (ROLLOUTS.md
/// 2.2).
package struct RolloutOwner: Sendable {
  /// The id of the thread; nil if neither the name nor the header contains one.
  package var id: UUID?
  /// A second id by which the thread can be found: the id in the file's name, if the header has
  /// another one. Nil otherwise.
  package var alias: UUID?
  /// Set if the file is a segment: the part of a reverted thread that was written after the revert.
  package var segment: Segment?

  /// The time and the id in the name of a segment, by which segments are ordered.
  package struct Segment: Comparable, Sendable {
    /// The time in the file's name, in whole seconds of local time.
    let time: LocalTime
    /// The id of the segment, which is the last id in the file's name.
    let id: UUID

    /// Whether the id contains the time when the segment was created, in milliseconds, so that ids
    /// can be compared.
    var hasOrderedID: Bool { id.timestamp != nil }

    /// Whether the first segment is older: by the ids if both contain a time, else by the times in
    /// the names.
    package static func < (one: Segment, other: Segment) -> Bool {
      one.hasOrderedID && other.hasOrderedID
        ? one.id < other.id : (one.time, one.id) < (other.time, other.id)
    }
  }

  /// Decides which thread a file belongs to.
  ///
  /// - Parameters:
  ///   - name: The file's name; nil if it is not the name of a rollout.
  ///   - meta: The file's header; nil if the file has none.
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
