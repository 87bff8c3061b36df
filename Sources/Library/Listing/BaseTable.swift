import Platform
import Rollouts
import Synchronization

/// The files that other listed files go on from, each opened and checked once for all of them: in a
/// row of forks of forks every file stands on all files before it.
final class BaseTable: Sendable {
  /// The place of a base, with all files before it, in the table.
  typealias Place = Int

  fileprivate struct Entry {
    /// The part of the file that belongs to the thread. The file takes no descriptor; that of a
    /// compressed one is nil, because it is unpacked only while it is needed.
    let part: (file: File?, end: Int, endOrdinal: Int64?)
    let path: String
    let identity: FileIdentity
    let thread: UUID?
    /// The place of the file before; nil if there is none.
    let before: Place?
    /// The number of files before.
    let depth: Int
    /// The depth of the newest file, from this one on, that surely has a record of the conversation.
    let conversation: Int
    let ownStartOrdinal: Int64?
    /// When it was checked last whether the file and all before it are there, and the result.
    var checked: (time: LookTime, isThere: Bool)?
  }

  fileprivate struct State {
    var entries: [Entry] = []
    var places: [HistoryBase: Place] = [:]
  }

  private let state = Mutex(State())

  /// The files before a head, as a list needs them.
  struct Bases {
    /// The files, the oldest first.
    let links: [RolloutChain.Link]
    /// The ordinal in the newest header that has one (see `RolloutChain.ownStartOrdinal`).
    let ownStartOrdinal: Int64?
    /// The index of the first file that tells more of the thread than its first message.
    let firstOfInterest: Int
  }

  /// The number of the newest bases that are always of interest, because they may hold settings.
  private static let newest = 16

  /// The files from a place on, for the thread that goes on from it.
  ///
  /// - Throws: The error of a compressed file that cannot be unpacked.
  func bases(_ place: Place, of thread: UUID?) throws(SystemError) -> Bases {
    let entries = state.withLock { $0.entries(upTo: place) }
    let last = entries[entries.count - 1]
    var first = max(0, min(last.conversation, entries.count - Self.newest))
    let others = entries.lastIndex { $0.thread != nil && $0.thread != thread }
    first = min(first, others.map { $0 + 1 } ?? 0)
    let links = try entries.map { (entry) throws(SystemError) in
      let file = if let file = entry.part.file { file } else { try RolloutFile.open(entry.path) }
      return RolloutChain.Link(
        file: file, end: entry.part.end, endOrdinal: entry.part.endOrdinal)
    }
    return Bases(links: links, ownStartOrdinal: last.ownStartOrdinal, firstOfInterest: first)
  }

  /// Whether each file from a place on is still where it was opened. Files may have grown.
  func isThere(_ place: Place, at now: LookTime) -> Bool {
    state.withLock { $0.isThere(place, at: now) }
  }

  /// The place of a base; nil if the base or a file before it is missing, or is its own base.
  ///
  /// - Throws: The error of a file that cannot be read.
  func place(
    of base: HistoryBase, _ finder: BaseFinder, at now: LookTime
  ) throws(SystemError) -> Place? {
    try state.withLock { (state) throws(SystemError) in
      var opened: [(base: HistoryBase, file: OpenBase)] = []
      var ids: Set<UUID> = []
      var next: HistoryBase? = base
      var place: Place?
      while let base = next, place == nil {
        if let known = state.places[base], state.isThere(known, at: now) {
          place = known
        } else {
          guard ids.insert(base.id).inserted,
            let file = try OpenBase(base, onlyEnds: true, finder.path(of:))
          else {
            return nil
          }
          opened.append((base, file))
          next = file.header?.historyBase
        }
      }
      for (base, file) in opened.reversed() {
        guard let added = try state.add(base, file, behind: place) else { return nil }
        place = added
      }
      return place
    }
  }
}

extension BaseTable.State {
  /// The entries from the oldest one to a place.
  func entries(upTo place: BaseTable.Place) -> [BaseTable.Entry] {
    var found: [BaseTable.Entry] = []
    found.reserveCapacity(entries[place].depth + 1)
    var next: BaseTable.Place? = place
    while let index = next {
      found.append(entries[index])
      next = entries[index].before
    }
    found.reverse()
    return found
  }

  /// Adds a file behind another one; nil if the file is before itself under another name.
  mutating func add(
    _ base: HistoryBase, _ file: OpenBase, behind before: BaseTable.Place?
  ) throws(SystemError) -> BaseTable.Place? {
    // The status of the name counts: a compressed file was unpacked into another one.
    let path = file.link.file.path
    let identity = FileIdentity(try FileStatus(path: path))
    let last = before.map { entries[$0] }
    let depth = last.map { $0.depth + 1 } ?? 0
    guard depth + 1 < RecordLocation.fileLimit else { return nil }
    let hasConversation = try TailReader.hasConversation(file.link)
    entries.append(
      BaseTable.Entry(
        part: (file.releasedFile, file.link.end, file.link.endOrdinal), path: path,
        identity: identity, thread: file.header?.id, before: before,
        depth: depth, conversation: hasConversation ? depth : last?.conversation ?? 0,
        ownStartOrdinal: file.header?.ownStartOrdinal ?? last?.ownStartOrdinal))
    places[base] = entries.count - 1
    return entries.count - 1
  }

  mutating func isThere(_ place: BaseTable.Place, at now: LookTime) -> Bool {
    var unchecked: [BaseTable.Place] = []
    var isThere = true
    var next: BaseTable.Place? = place
    while let index = next {
      if let (time, result) = entries[index].checked, time == now {
        isThere = result
        break
      }
      unchecked.append(index)
      next = entries[index].before
    }
    for index in unchecked.reversed() {
      let status = try? FileStatus(path: entries[index].path)
      isThere = isThere && status.map { FileIdentity($0) } == entries[index].identity
      entries[index].checked = (now, isThere)
    }
    return isThere
  }
}
