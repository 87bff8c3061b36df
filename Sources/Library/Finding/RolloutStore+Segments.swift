import Platform
import Rollouts

// Segments: a paginated thread that was reverted continues in a new file, and records of the older
// file behind the cut no longer belong to the thread (ROLLOUTS.md 3.4).
extension RolloutStore {
  /// The location from which a thread has to be read if a client named one of its files. It is the
  /// newest segment if the thread was reverted, else the named file. A copy of the newest segment
  /// counts as that segment.
  ///
  /// - Parameter location: The named file, in the home or elsewhere.
  package func current(_ location: ThreadLocation) throws(LibraryError) -> ThreadLocation {
    let home = try files()
    let named = home.naming(location.id)
    guard let newest = newest(of: owners(of: location.id, among: named)) else {
      return try checked(location, among: named, of: home)
    }
    let header = try LibraryError.reading { () throws(SystemError) in
      try headers.header(of: newest.path)
    }
    let owner = RolloutOwner(RolloutName(Path.lastComponent(of: newest.path)), header)
    guard owner.segment != nil, !holdSameSegment(location.path, newest.path) else {
      return try checked(location.path == newest.path ? newest : location, among: named, of: home)
    }
    return try checked(newest, among: named, of: home)
  }

  /// Whether two files contain the same segment. Their headers are compared, because a copy of a
  /// segment may have any name.
  private func holdSameSegment(_ one: String, _ other: String) -> Bool {
    if one == other || areSameFile(one, other) { return true }
    guard let first = try? HeadReader.sessionMeta(at: one),
      let second = try? HeadReader.sessionMeta(at: other)
    else { return false }
    return first == second
  }

  /// Whether two paths lead to one file. False if the status of either path cannot be read.
  package func areSameFile(_ one: String, _ other: String) -> Bool {
    guard let first = try? FileStatus(path: one), let second = try? FileStatus(path: other) else {
      return false
    }
    return first.isSameFile(as: second)
  }

  /// The location of a thread if it surely has no newer file that can be used. Its `unusablePath` is
  /// set if the thread has a newer file that holds no header.
  ///
  /// - Parameters:
  ///   - files: The files whose names contain the id of the thread.
  ///   - home: All files of the home.
  /// - Throws: `unreadable` if a newer segment of the thread cannot be read, or may be in a folder
  ///   that cannot be read.
  func checked(
    _ location: ThreadLocation, among files: [RolloutFile], of home: RolloutFiles
  ) throws(LibraryError) -> ThreadLocation {
    let head = RolloutName(Path.lastComponent(of: location.path))
    if let unread = home.unread(since: head.map { $0.dayOfWriting - 1 } ?? .min) {
      try LibraryError.reading { () throws(SystemError) in
        guard try headers.header(of: location.path)?.refersToFiles ?? true else { return }
        throw unread.error
      }
    }
    guard files.count > 1 else { return location }
    let segment = head.flatMap(RolloutOwner.Segment.init)
    var unusable: (segment: RolloutOwner.Segment, path: String)?
    for file in files where file.name.firstID == location.id {
      guard file.isArchived == location.isArchived, let other = RolloutOwner.Segment(file.name),
        segment.map({ $0 < other }) ?? true, unusable.map({ $0.segment < other }) ?? true
      else { continue }
      let header = try LibraryError.reading { () throws(SystemError) in
        try headers.header(of: file.path)
      }
      if header == nil { unusable = (other, file.path) }
    }
    var location = location
    location.unusablePath = unusable?.path
    return location
  }
}

extension RolloutOwner.Segment {
  /// The segment that a file name describes; nil if the name contains a single id.
  init?(_ name: RolloutName) {
    guard let id = name.secondID else { return nil }
    self.init(time: name.time, id: id)
  }
}
