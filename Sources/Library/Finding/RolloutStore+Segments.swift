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
    let named = try files().naming(location.id)
    guard let newest = newest(of: owners(of: location.id, among: named)) else { return location }
    let owner = RolloutOwner(
      RolloutName(Path.lastComponent(of: newest.path)), headers.header(of: newest.path))
    guard owner.segment != nil, !holdSameSegment(location.path, newest.path) else {
      return addingUnusablePath(to: location, among: named)
    }
    return addingUnusablePath(to: newest, among: named)
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

  /// The location with its `unusablePath` set, if the thread has a newer file that holds no header.
  ///
  /// - Parameter files: The files whose names contain the id of the thread.
  func addingUnusablePath(
    to location: ThreadLocation, among files: [RolloutFile]
  ) -> ThreadLocation {
    guard files.count > 1 else { return location }
    let head = RolloutName(Path.lastComponent(of: location.path))
    let segment = head.flatMap(RolloutOwner.Segment.init)
    let unusable = files.compactMap { file -> (segment: RolloutOwner.Segment, path: String)? in
      guard file.name.firstID == location.id, file.isArchived == location.isArchived,
        let other = RolloutOwner.Segment(file.name), segment.map({ $0 < other }) ?? true,
        headers.header(of: file.path) == nil
      else { return nil }
      return (other, file.path)
    }
    var location = location
    location.unusablePath = unusable.max { $0.segment < $1.segment }?.path
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
