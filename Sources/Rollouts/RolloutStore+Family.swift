import Synchronization
package import System

/// A thread with the sub-agents that it started, and with theirs: they are archived and deleted
/// together.
package struct ThreadFamily: Sendable {
  /// A thread of the family with all its files, active and archived.
  package struct Member: Sendable {
    package let id: UUID
    package let files: [RolloutFile]
  }

  /// The thread itself, then its sub-agents, then theirs; those of one generation by their ids.
  package let members: [Member]
  /// The other threads whose history stands on a file of a member, by the member's id.
  package let dependents: [UUID: [UUID]]
  /// The files of the home that were looked at.
  fileprivate let home: RolloutFiles
}

/// What one file says of its thread.
struct FileClaim: Sendable {
  let file: RolloutFile
  let thread: UUID
  /// Nil where the file has no header yet, or none that can be read.
  let header: HeaderIDs?
}

/// What all files of a home said of their threads a moment ago.
final class ClaimMemory: Sendable {
  private let known = Mutex<(home: RolloutFiles, time: Int64, claims: [FileClaim])?>(nil)

  /// How long a list may rely on it, in ms (ROLLOUTS.md 7).
  private static let trust: Int64 = 1000

  /// Nil where they were not looked at lately, or where files have come or gone since.
  func claims(of home: RolloutFiles) -> [FileClaim]? {
    known.withLock { known in
      guard let known, known.home === home, abs(WallClock.now() - known.time) < Self.trust else {
        return nil
      }
      return known.claims
    }
  }

  func keep(_ claims: [FileClaim], of home: RolloutFiles) {
    known.withLock { $0 = (home, WallClock.now(), claims) }
  }
}

extension RolloutStore {
  /// The family of a thread. The headers of all files are looked at: each is read once, and again only
  /// where the file has changed.
  ///
  /// - Parameters:
  ///   - allowsRecent: Whether what was seen within the last second is enough: to show threads, not to
  ///     change them.
  ///   - concurrently: Calls its second argument for each number below the first.
  package func family(
    of thread: UUID, allowsRecent: Bool = false,
    _ concurrently: (Int, @escaping @Sendable (Int) -> Void) -> Void
  ) throws(StoreError) -> ThreadFamily {
    let home = try files()
    let known = allowsRecent ? claimMemory.claims(of: home) : nil
    let claims = known ?? claims(of: home, concurrently)
    let filesOfThread = Dictionary(grouping: claims, by: \.thread)
    let members = Self.generations(from: thread, in: claims).map { id in
      ThreadFamily.Member(id: id, files: filesOfThread[id, default: []].map(\.file))
    }
    return ThreadFamily(
      members: members, dependents: Self.dependents(on: members, in: claims), home: home)
  }

  /// Whether no file has come or gone since the family was found.
  package func isCurrent(_ family: ThreadFamily) -> Bool { (try? files()) === family.home }

  private func claims(
    of home: RolloutFiles, _ concurrently: (Int, @escaping @Sendable (Int) -> Void) -> Void
  ) -> [FileClaim] {
    let all = home.all
    let found = Mutex<[FileClaim?]>(Array(repeating: nil, count: all.count))
    concurrently(all.count) { [headers] index in
      let file = all[index]
      let header = headers.header(of: file.path)
      guard let thread = ThreadClaim(file.name, header).id else { return }
      found.withLock { $0[index] = FileClaim(file: file, thread: thread, header: header) }
    }
    let claims = found.withLock { $0.compactMap(\.self) }
    claimMemory.keep(claims, of: home)
    return claims
  }

  /// The thread and all below it, each once: what files say may go round in a circle.
  private static func generations(from thread: UUID, in claims: [FileClaim]) -> [UUID] {
    let agents = claims.filter { $0.header?.spawnedBy != nil }
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

  private static func dependents(
    on members: [ThreadFamily.Member], in claims: [FileClaim]
  ) -> [UUID: [UUID]] {
    let family = Set(members.map(\.id))
    let owners = Dictionary(
      members.flatMap { member in member.files.map { ($0.name.lastID, member.id) } }
    ) { first, _ in first }
    var dependents: [UUID: Set<UUID>] = [:]
    for other in claims where !family.contains(other.thread) {
      if let owner = other.header?.base.flatMap({ owners[$0] }) {
        dependents[owner, default: []].insert(other.thread)
      }
    }
    return dependents.mapValues { $0.sorted() }
  }
}
