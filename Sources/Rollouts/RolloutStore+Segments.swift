import System

// Paginated threads that were reverted: each goes on in its newest file, and what is behind a cut
// in an older one is no longer a part of it (ROLLOUTS.md 3.4).
extension RolloutStore {
  /// The place where a thread goes on, if a client named one of its files: that file, unless the
  /// thread was reverted since. A copy of the newest file counts as that file.
  ///
  /// - Parameter place: Of the file that was named, wherever it is.
  package func current(_ place: Place) throws(StoreError) -> Place {
    let named = try files().naming(place.id)
    guard let newest = best(of: claims(on: place.id, among: named)) else { return place }
    let claim = ThreadClaim(
      RolloutName(Path.lastComponent(of: newest.path)), headers.header(of: newest.path))
    guard claim.segment != nil, !holdSameSegment(place.path, newest.path) else {
      return noted(place, among: named)
    }
    return noted(newest, among: named)
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

  /// The place, with the newest file that would go on from there if it held anything.
  func noted(_ place: Place, among files: [RolloutFile]) -> Place {
    guard files.count > 1 else { return place }
    let head = RolloutName(Path.lastComponent(of: place.path)).flatMap(ThreadClaim.Segment.init)
    let unusable = files.compactMap { file -> (segment: ThreadClaim.Segment, path: String)? in
      guard file.name.firstID == place.id, file.isArchived == place.isArchived,
        let segment = ThreadClaim.Segment(file.name), head.map({ $0 < segment }) ?? true,
        headers.header(of: file.path) == nil
      else { return nil }
      return (segment, file.path)
    }
    var noted = place
    noted.unusable = unusable.max { $0.segment < $1.segment }?.path
    return noted
  }
}

extension ThreadClaim.Segment {
  /// What a name tells if it is that of a segment; nil for one with a single id.
  init?(_ name: RolloutName) {
    guard let id = name.secondID else { return nil }
    self.init(time: name.time, id: id)
  }
}
