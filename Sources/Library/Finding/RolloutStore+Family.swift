package import Platform
import Rollouts
import Synchronization

extension RolloutStore {
  /// Finds a thread and all its sub-agents. The headers of all files of the home are needed; a
  /// header is read again only if its file has changed.
  ///
  /// - Parameters:
  ///   - thread: The id of the thread.
  ///   - allowsRecent: Whether headers that were read within the last second may be used without a
  ///     check. A list may use them; a change of the threads may not.
  ///   - pool: The threads that help to read the files.
  package func family(
    of thread: UUID, allowsRecent: Bool = false, on pool: ThreadPool
  ) throws(LibraryError) -> ThreadFamily {
    let home = try files()
    let known = allowsRecent ? ownerCache.rollouts(of: home) : nil
    let rollouts = known ?? rollouts(of: home, on: pool)
    let filesOfThread = Dictionary(grouping: rollouts, by: \.thread)
    let members = Self.generations(from: thread, in: rollouts).map { id in
      ThreadFamily.Member(id: id, files: filesOfThread[id, default: []].map(\.file))
    }
    return ThreadFamily(
      members: members, dependents: Self.dependents(on: members, in: rollouts),
      doubt: home.unread.first?.error ?? Self.failure(outside: members, in: rollouts), home: home)
  }

  /// Whether no file was added to the home or removed from it since the family was found.
  package func isCurrent(_ family: ThreadFamily) -> Bool { (try? files()) === family.home }

  private func rollouts(of home: RolloutFiles, on pool: ThreadPool) -> [OwnedRollout] {
    let all = home.all
    let found = Mutex<[OwnedRollout?]>(Array(repeating: nil, count: all.count))
    pool.forEach(all.count) { [headers] index in
      let file = all[index]
      var header: HeaderIDs?
      var failure: SystemError?
      do throws(SystemError) { header = try headers.header(of: file.path) } catch {
        failure = error
      }
      guard let thread = RolloutOwner(file.name, header).id else { return }
      let rollout = OwnedRollout(file: file, thread: thread, header: header, failure: failure)
      found.withLock { $0[index] = rollout }
    }
    let rollouts = found.withLock { $0.compactMap(\.self) }
    ownerCache.keep(rollouts, of: home)
    return rollouts
  }

  /// The ids of the thread and of all its descendants, generation by generation. Each id occurs
  /// once, even if the headers form a cycle.
  private static func generations(from thread: UUID, in rollouts: [OwnedRollout]) -> [UUID] {
    let agents = rollouts.filter { $0.header?.spawnedBy != nil }
    let children = Dictionary(grouping: agents) { $0.header?.spawnedBy }
    var found: Set<UUID> = [thread]
    var family: [UUID] = []
    var generation = [thread]
    while !generation.isEmpty {
      family += generation
      let next = generation.flatMap { children[$0]?.map(\.thread) ?? [] }
      generation = Set(next).subtracting(found).sorted()
      found.formUnion(generation)
    }
    return family
  }

  /// Why the header of a file could not be read that may belong to the family or continue one of its
  /// files; nil if there is no such file. A file that is older than the first member can be neither.
  private static func failure(
    outside members: [ThreadFamily.Member], in rollouts: [OwnedRollout]
  ) -> SystemError? {
    let family = Set(members.map(\.id))
    let first = members.first?.files.map(\.name.dayOfWriting).min() ?? .min
    return rollouts.first { rollout in
      rollout.failure != nil && !family.contains(rollout.thread)
        && rollout.file.name.dayOfWriting >= first - 1
    }?.failure
  }

  /// The other threads whose history continues a file of a member, by the member's id.
  private static func dependents(
    on members: [ThreadFamily.Member], in rollouts: [OwnedRollout]
  ) -> [UUID: [UUID]] {
    let family = Set(members.map(\.id))
    let owners = Dictionary(
      members.flatMap { member in member.files.map { ($0.name.lastID, member.id) } }
    ) { first, _ in first }
    var dependents: [UUID: Set<UUID>] = [:]
    for other in rollouts where !family.contains(other.thread) {
      if let owner = other.header?.base.flatMap({ owners[$0] }) {
        dependents[owner, default: []].insert(other.thread)
      }
    }
    return dependents.mapValues { $0.sorted() }
  }
}
