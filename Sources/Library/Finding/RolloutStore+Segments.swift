import Platform
import Rollouts

// Paginated threads that were reverted: each goes on in its newest file, and what is behind a cut
// in an older one is no longer a part of it (ROLLOUTS.md 3.4).
extension RolloutStore {
  /// Where a thread goes on of which a client named one file: in that file, unless the thread was
  /// reverted since. A copy of the newest file counts as that file.
  ///
  /// - Parameter location: The file that was named, in the home or elsewhere.
  package func current(_ location: ThreadLocation) throws(LibraryError) -> ThreadLocation {
    let named = try files().naming(location.id)
    guard let newest = newest(of: owners(of: location.id, among: named)) else { return location }
    let owner = RolloutOwner(
      RolloutName(Path.lastComponent(of: newest.path)), headers.header(of: newest.path))
    guard owner.segment != nil, !holdSameSegment(location.path, newest.path) else {
      return noting(location, among: named)
    }
    return noting(newest, among: named)
  }

  /// A segment is told by its header: a copy of it may have any name.
  private func holdSameSegment(_ one: String, _ other: String) -> Bool {
    if one == other || areSameFile(one, other) { return true }
    guard let first = try? HeadReader.sessionMeta(at: one),
      let second = try? HeadReader.sessionMeta(at: other)
    else { return false }
    return first == second
  }

  /// Whether two paths lead to one file.
  package func areSameFile(_ one: String, _ other: String) -> Bool {
    guard let first = try? FileStatus(path: one), let second = try? FileStatus(path: other) else {
      return false
    }
    return first.isSameFile(as: second)
  }

  /// The location, with the newest file that would go on from there if it held anything.
  func noting(_ location: ThreadLocation, among files: [RolloutFile]) -> ThreadLocation {
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
  /// What a name tells if it is that of a segment; nil for one with a single id.
  init?(_ name: RolloutName) {
    guard let id = name.secondID else { return nil }
    self.init(time: name.time, id: id)
  }
}
