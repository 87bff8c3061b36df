package import Library
package import Platform
import Rollouts

/// Returns the handle of a loaded thread by the thread's id; nil if the thread is not loaded.
package typealias HandleLookup = (UUID) -> ThreadHandle?

// Archiving and unarchiving.
extension ThreadChanges {
  /// Moves all active files of a thread to the archive, or none, and before them those of its
  /// sub-agents, the youngest generation first. A sub-agent that cannot be moved is logged and left
  /// in place.
  ///
  /// A process that is killed in between leaves the thread active: it is moved last, and of its
  /// files the newest one. So the thread can be archived again, and is shown as it was until then.
  ///
  /// - Returns: The ids of the threads that were moved: the thread, then its sub-agents in the order
  ///   in which they were moved.
  /// - Throws: `library(.notFound)` if the thread has no active file, `library(.unreadable)` if not
  ///   all of the family may be known, `locked` if another process writes a member of the family,
  ///   `nameTaken` or `unwritable` if the thread's files cannot be
  ///   moved.
  package func archive(
    _ family: ThreadFamily, _ handles: HandleLookup
  ) throws(ChangeError) -> [UUID] {
    let locks = try lock(family, handles)
    defer { withExtendedLifetime(locks) {} }
    let family = try current(family)
    let thread = family.members[0]
    guard thread.isActive else { throw .library(.notFound(thread.id)) }
    try family.checkIsWhole()
    return try changing { () throws(ChangeError) in
      var moved: [(id: UUID, moves: [FileMove])] = []
      for agent in family.members.dropFirst().reversed() where agent.isActive {
        let moves = archiving(agent)
        do throws(ChangeError) {
          try move(moves)
          moved.append((agent.id, moves))
        } catch {
          library.log.warn("thread \(agent.id): not archived with \(thread.id): \(error)")
        }
      }
      do throws(ChangeError) { try move(archiving(thread)) } catch {
        for agent in moved.reversed() { try? move(agent.moves.reversed().map(\.reversed)) }
        throw error
      }
      return [thread.id] + moved.map(\.id)
    }
  }

  /// The moves of a thread's active files to the archive, that of the newest file last.
  private func archiving(_ member: ThreadFamily.Member) -> [FileMove] {
    library.store.headLast(member.files.filter { !$0.isArchived }).map { file in
      let name = Path.lastComponent(of: file.path)
      return FileMove(from: file.path, to: Path.join(library.store.archivedSessions, name))
    }
  }

  /// Stores a draft, for a change that needs a file. A stored thread is left as it is.
  package func storeDraft(_ thread: ThreadHandle) throws(ChangeError) {
    try changing { () throws(ChangeError) in try thread.storeDraft(in: library) }
  }

  /// Moves the archived files of a thread to the folders of the days in their names, all or none.
  ///
  /// The newest file is moved first: a process that is killed after that leaves the thread active.
  ///
  /// - Returns: The location of the thread after that.
  /// - Throws: `library(.notFound)` if the thread has no archived file, `locked` if another process
  ///   writes the thread, `nameTaken` or `unwritable` if the files cannot be moved.
  package func unarchive(
    _ location: ThreadLocation, _ handle: ThreadHandle?
  ) throws(ChangeError) -> ThreadLocation {
    let lock = try lock(location.id, handle)
    defer { withExtendedLifetime(lock) {} }
    let files = try ChangeError.reading { () throws(LibraryError) in
      try library.store.filesToUnarchive(of: location)
    }
    guard !files.isEmpty else { throw .library(.notFound(location.id)) }
    let moves = library.store.headLast(files).reversed().map { file in
      let folder = Path.join(library.store.sessions, file.name.dayFolder)
      return FileMove(from: file.path, to: Path.join(folder, Path.lastComponent(of: file.path)))
    }
    try changing { () throws(ChangeError) in
      try move(moves)
      handle?.forgetFile()
    }
    guard location.isArchived else { return location }
    return ThreadLocation(id: location.id, path: moves[0].target, isArchived: false)
  }

  /// Moves all files or none, and creates missing folders.
  private func move(_ moves: [FileMove]) throws(ChangeError) {
    try ChangeError.writing { () throws(SystemError) in
      for folder in Set(moves.map { Path.directory(of: $0.target) }) {
        try Directory.create(folder)
        HiddenFile.removeLeftovers(in: folder)
      }
    }
    do throws(SystemError) {
      try FileMove.perform(moves, library.log)
    } catch {
      throw error.isExisting ? .nameTaken(error.path) : .unwritable(error)
    }
  }
}

// Deleting.
extension ThreadChanges {
  /// Deletes a thread and its sub-agents, all or none, with their names in the session index.
  ///
  /// - Throws: `inUse` if another thread continues a file of the family, `library(.unreadable)` if
  ///   not all of the family and of those threads may be known, `locked` if another
  ///   process writes a member of the family, `unwritable` if a file cannot be removed.
  package func delete(_ family: ThreadFamily, _ handles: HandleLookup) throws(ChangeError) {
    try checkUnused(family)
    let locks = try lock(family, handles)
    defer { withExtendedLifetime(locks) {} }
    let family = try current(family)
    try checkUnused(family)
    guard !family.members[0].files.isEmpty else {
      throw .library(.notFound(family.members[0].id))
    }
    // A process that is killed in between leaves the thread in place, so that it can be deleted
    // again: the youngest generation goes first, and of each thread the newest file last.
    let files = family.members.reversed().flatMap { library.store.headLast($0.files) }
    try changing { () throws(ChangeError) in
      try ChangeError.writing { () throws(SystemError) in
        try remove(files.map(\.path), of: Set(family.members.map(\.id)))
      }
    }
  }

  /// - Throws: `inUse` if another thread continues a file of the family, `library(.unreadable)` if
  ///   not all of the family and of those threads may be known.
  private func checkUnused(_ family: ThreadFamily) throws(ChangeError) {
    for member in family.members.reversed() {
      guard let others = family.dependents[member.id] else { continue }
      throw .inUse(member.id, by: others)
    }
    try family.checkIsWhole()
  }

  /// Deletes files in two steps: all get hidden names, or none, and are removed after the last step
  /// that can fail.
  private func remove(_ paths: [String], of threads: Set<UUID>) throws(SystemError) {
    let folders = Set(paths.map { Path.directory(of: $0) })
    for folder in folders { HiddenFile.removeLeftovers(in: folder) }
    var hidden: [HiddenFile] = []
    do throws(SystemError) {
      for path in paths { hidden.append(try HiddenFile(hiding: path)) }
      for folder in folders { Directory.sync(folder, library.log) }
      try library.store.names.remove(threads, library.log)
    } catch {
      for file in hidden.reversed() { file.restore(library.log) }
      throw error
    }
    for file in hidden { file.remove(library.log) }
  }
}

// Locks.
extension ThreadChanges {
  /// Takes the writer lock of a thread while its files are moved or removed; nil if the handle
  /// already holds it.
  private func lock(_ id: UUID, _ handle: ThreadHandle?) throws(ChangeError) -> WriterLock? {
    if handle?.holdsLock == true { return nil }
    return try WriterLock.take(id, home: library.store.home)
  }

  /// The family with the files that its threads have now, when their locks are held. Before that,
  /// another process may have moved or removed them. Sub-agents that are new are left out.
  private func current(_ family: ThreadFamily) throws(ChangeError) -> ThreadFamily {
    if library.store.isCurrent(family) { return family }
    return try ChangeError.reading { () throws(LibraryError) in
      try library.store.family(of: family.members[0].id, on: library.helpers)
    }.limited(to: Set(family.members.map(\.id)))
  }

  /// Takes the writer locks of all threads of a family, or none.
  private func lock(
    _ family: ThreadFamily, _ handles: HandleLookup
  ) throws(ChangeError) -> [WriterLock] {
    var locks: [WriterLock] = []
    for member in family.members {
      if let lock = try lock(member.id, handles(member.id)) { locks.append(lock) }
    }
    return locks
  }
}

extension ThreadFamily {
  /// - Throws: `library(.unreadable)` if members or files of them may be missing.
  fileprivate func checkIsWhole() throws(ChangeError) {
    if let doubt { throw .library(.unreadable(doubt)) }
  }
}

extension ThreadFamily.Member {
  /// Whether one of the thread's files is not in the archive.
  fileprivate var isActive: Bool { files.contains { !$0.isArchived } }
}
