import History
import JSON
package import Library
import Platform
import Rollouts
package import Settings

extension ThreadChanges {
  /// Reverts a thread to its state before a turn. A thread whose files can refer to each other
  /// continues in a new segment; in other threads a record says how many turns are dropped.
  ///
  /// - Parameters:
  ///   - turn: The index of the turn in the snapshot's plan.
  ///   - settings: The settings of the loaded thread, which are recorded in the segment.
  package func revert(
    _ thread: ThreadHandle, _ snapshot: ThreadSnapshot, before turn: Int,
    _ settings: EffectiveSettings
  ) throws(ChangeError) {
    let turns = snapshot.history.plan.turns
    guard snapshot.history.generation.refersToFiles else {
      return try rollBack(thread, turns: Int64(turns.count - turn))
    }
    try changing { () throws(ChangeError) in
      try thread.takeLock(in: library)
      let prefix = try ChangeError.reading { () throws(LibraryError) in
        try snapshot.prefix(before: turns[turn])
      }
      let base = try prefix.base(in: library.store)
      guard thread.draft == nil, base != nil || prefix.isAtBeginning else {
        // A thread without a file gets no segment, and neither does a thread whose files no segment
        // can refer to.
        return try rollBack(thread, turns: Int64(turns.count - turn))
      }
      let records = try segment(of: snapshot, on: prefix.isAtBeginning ? nil : base, settings)
      try store(records, of: snapshot)
      thread.forgetPath()
      thread.forgetFile()
    }
  }

  /// Drops the last turns of a thread, or all turns if there are fewer.
  ///
  /// - Parameters:
  ///   - count: The number of turns.
  ///   - settings: The settings of the loaded thread, which are recorded in a new segment.
  package func rollBack(
    _ thread: ThreadHandle, _ snapshot: ThreadSnapshot, turns count: Int,
    _ settings: EffectiveSettings
  ) throws(ChangeError) {
    let turnCount = snapshot.history.plan.turns.count
    if snapshot.history.generation.refersToFiles, turnCount > 0 {
      try revert(thread, snapshot, before: max(turnCount - count, 0), settings)
    } else {
      try rollBack(thread, turns: Int64(count))
    }
  }

  /// Appends a record that drops the last turns.
  private func rollBack(_ thread: ThreadHandle, turns count: Int64) throws(ChangeError) {
    try changing { () throws(ChangeError) in
      try thread.append(in: library) { records in
        records.append(
          "event_msg", [("type", RawJSON("thread_rolled_back")), ("num_turns", RawJSON(count))])
      }
    }
  }
}

// The new segment (ROLLOUTS.md 3.4).
extension ThreadChanges {
  /// The first records of a segment, and what is left out of them.
  ///
  /// - Parameter base: The reference to the records before the segment; nil if there are none.
  private func segment(
    of snapshot: ThreadSnapshot, on base: HistoryBase?, _ settings: EffectiveSettings
  ) throws(ChangeError) -> (records: RecordWriter, gaps: [FileGap]) {
    let start = base?.endOrdinal ?? 0
    var header = try snapshot.completeHeader()
    header["id"] = header["id"] ?? RawJSON(snapshot.id.description)
    header["cli_version"] = RawJSON(version)
    header["git"] = snapshot.history.git?.recorded
    header["history_base"] = base?.recorded
    if let forked = snapshot.history.meta.forkedFromOrdinal {
      // The thread contains no records of its parent beyond the start of the segment.
      header["forked_from_ordinal_exclusive"] = RawJSON(min(forked, start))
    }
    var records = RecordWriter(time: WallClock.now(), ordinal: start)
    records.append("session_meta", header.members)
    records.append("event_msg", settings.applied(to: snapshot.id))
    return (records, header.gaps)
  }

  /// Stores a segment in a new file.
  private func store(
    _ segment: (records: RecordWriter, gaps: [FileGap]), of snapshot: ThreadSnapshot
  ) throws(ChangeError) {
    let path = library.store.path(
      for: RolloutName(segmentAfter: snapshot.location),
      isArchived: snapshot.location.isArchived)
    try ChangeError.writing { () throws(SystemError) in
      let file = try AtomicFile(path)
      try FileGap.fill(segment.gaps, in: segment.records.bytes) { (bytes) throws(SystemError) in
        try file.write(bytes)
      }
      try file.publish(library.log)
    }
  }
}

extension RolloutName {
  /// The name of a new segment. Its id and its time are greater than those in the head's name, even
  /// if the clock was set back.
  fileprivate init(segmentAfter head: ThreadLocation) {
    let now = WallClock.now()
    var time = LocalTime(unixSeconds: now / 1000)
    var segment = UUID(version7At: now)
    if let name = RolloutName(Path.lastComponent(of: head.path)), let last = name.secondID {
      time = max(time, name.time)
      if last.timestamp != nil, segment < last { segment = last.successor }
    }
    self.init(time: time, thread: head.id, segment: segment)
  }
}
