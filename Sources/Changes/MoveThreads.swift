package import Library
package import Platform
package import Rollouts

/// Returns the handle of a loaded thread by the thread's id; nil if the thread is not loaded.
package typealias HandleLookup = (UUID) -> ThreadHandle?

// Archiving and unarchiving.
extension ThreadChanges {
  /// Moves all active files of a thread to the archive, or none. Then its sub-agents are moved, the
  /// youngest generation first. A sub-agent that cannot be moved is logged and left in place.
  ///
  /// - Returns: The ids of the threads that were moved, in this order.
  /// - Throws: `library(.notFound)` if the thread has no active file, `library(.unreadable)` if not
  ///   all of the family may be known, `locked` if another process writes a member of the family, `nameTaken` or `unwritable` if the thread's files cannot be
  ///   moved.
  package func archive(
    _ family: ThreadFamily, _ handles: HandleLookup
  ) throws(ChangeError) -> [UUID] {
    guard let thread = family.members.first, thread.isActive else {
      throw .library(.notFound(family.members.first?.id ?? .zero))
    }
    try family.checkIsWhole()
    let locks = try lock(family, handles)
    defer { withExtendedLifetime(locks) {} }
    return try changing { () throws(ChangeError) in
      try archive(thread)
      var archived = [thread.id]
      for agent in family.members.dropFirst().reversed() where agent.isActive {
        do throws(ChangeError) {
          try archive(agent)
          archived.append(agent.id)
        } catch {
          library.log.warn("thread \(agent.id): not archived with \(thread.id): \(error)")
        }
      }
      return archived
    }
  }

  private func archive(_ member: ThreadFamily.Member) throws(ChangeError) {
    try move(
      member.files.filter { !$0.isArchived }.map { file in
        let name = Path.lastComponent(of: file.path)
        return FileMove(from: file.path, to: Path.join(library.store.archivedSessions, name))
      })
  }

  /// Stores a draft, for a change that needs a file. A stored thread is left as it is.
  package func storeDraft(_ thread: ThreadHandle) throws(ChangeError) {
    try changing { () throws(ChangeError) in try thread.storeDraft() }
  }

  /// Moves archived files of a thread to the folders of the days in their names, all or none.
  package func unarchive(
    _ files: [RolloutFile], of id: UUID, _ handle: ThreadHandle?
  ) throws(ChangeError) {
    try changing { () throws(ChangeError) in
      let lock = try lock(id, handle)
      try move(
        files.map { file in
          let folder = Path.join(library.store.sessions, file.name.dayFolder)
          return FileMove(
            from: file.path, to: Path.join(folder, Path.lastComponent(of: file.path)))
        })
      withExtendedLifetime(lock) { handle?.forgetFile() }
    }
  }

  /// Moves all files or none, and creates missing folders.
  private func move(_ moves: [FileMove]) throws(ChangeError) {
    try ChangeError.writing { () throws(SystemError) in
      for move in moves { try Directory.create(Path.directory(of: move.target)) }
    }
    do throws(SystemError) {
      try FileMove.perform(moves)
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
    for member in family.members.reversed() {
      guard let others = family.dependents[member.id] else { continue }
      throw .inUse(member.id, by: others)
    }
    try family.checkIsWhole()
    let locks = try lock(family, handles)
    defer { withExtendedLifetime(locks) {} }
    try changing { () throws(ChangeError) in
      try ChangeError.writing { () throws(SystemError) in
        try remove(family.members.flatMap(\.files), of: Set(family.members.map(\.id)))
      }
    }
  }

  /// Deletes files in two steps: all get hidden names, or none, and are removed after the last step
  /// that can fail.
  private func remove(_ files: [RolloutFile], of threads: Set<UUID>) throws(SystemError) {
    let moves = files.map { file in
      let hidden = ".\(Path.lastComponent(of: file.path)).deleted.tmp"
      return FileMove(from: file.path, to: Path.join(Path.directory(of: file.path), hidden))
    }
    for move in moves { try File.remove(move.target) }
    try FileMove.perform(moves)
    do throws(SystemError) {
      try library.store.names.remove(threads)
    } catch {
      try FileMove.perform(moves.map { FileMove(from: $0.target, to: $0.source) })
      throw error
    }
    for move in moves { try? File.remove(move.target) }
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

  /// Takes the writer locks of all threads of a family, or none.
  private func lock(
    _ family: ThreadFamily, _ handles: HandleLookup
  ) throws(ChangeError) -> [WriterLock] {
    OpenFileLimit.raise(by: family.members.count)
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
