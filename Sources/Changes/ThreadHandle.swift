package import Library
package import Platform
import Rollouts
import Synchronization

/// What is held of a thread from one request to the next: its records as long as it has no file, the
/// file that a client opened it from, and from the first write on the lock that keeps other programs
/// from writing it (ROLLOUTS.md 6).
///
/// The lock is given back with the last reference to the handle.
package final class ThreadHandle: Sendable {
  private struct Source {
    var draft: DraftThread?
    var path: String?
  }

  private struct Writing {
    var lock: WriterLock?
    var appender: RolloutAppender?
  }

  package let id: UUID
  private let source: Mutex<Source>
  private let writing = Mutex(Writing())

  /// - Parameters:
  ///   - draft: Set for a thread that has no file yet, or never gets one.
  ///   - path: The file that a client opened the thread from; nil where it named the thread by its
  ///     id.
  package init(_ id: UUID, draft: DraftThread? = nil, path: String? = nil) {
    self.id = id
    source = Mutex(Source(draft: draft, path: path))
  }

  /// The thread's records as long as it has no file in the home; nil for a stored thread.
  package var draft: DraftThread? { source.withLock { $0.draft } }

  /// Whether the thread never gets a file.
  package var isEphemeral: Bool { draft?.isEphemeral ?? false }

  /// Whether other programs are kept from writing the thread.
  var holdsLock: Bool { writing.withLock { $0.lock != nil } }
}

// Reading.
extension ThreadHandle {
  /// Finds the thread: in the file that it was opened from, as long as that is there and the thread goes
  /// on in it, else by its id. Another program may have reverted the thread since.
  package func find(in library: ThreadLibrary) throws(LibraryError) -> FoundThread {
    let (draft, path) = source.withLock { ($0.draft, $0.path) }
    if let draft { return FoundThread(draft.location) }
    if let path, let found = try? library.find(atPath: path), found.location.id == id,
      let current = try? library.store.current(found.location), current.path == found.location.path
    {
      return FoundThread(current)
    }
    return try library.store.find(id)
  }

  /// Reads the thread, or as much of it as is needed.
  package func snapshot(
    _ scope: ReadScope = .whole, in library: ThreadLibrary
  ) throws(LibraryError) -> ThreadSnapshot {
    if let draft { return try library.snapshot(of: draft) }
    return try library.snapshot(of: find(in: library), scope)
  }
}

// Writing.
extension ThreadHandle {
  /// Appends records, all of them or none, in one write. A thread that was only started gets its file.
  func append(
    in library: ThreadLibrary, _ add: (inout RecordWriter) -> Void
  ) throws(ChangeError) {
    try takeLock(in: library)
    try writing.withLock { (writing) throws(ChangeError) in
      let appender = try appender(&writing, in: library)
      try ChangeError.writing { () throws(SystemError) in
        try appender.append(at: WallClock.now(), add)
      }
    }
  }

  /// Keeps other programs from writing the thread from now on, and gives a thread that was only started
  /// its file. An ephemeral thread has neither.
  func takeLock(in library: ThreadLibrary) throws(ChangeError) {
    guard !isEphemeral, !holdsLock else { return }
    if draft == nil { _ = try writableLocation(in: library) }
    let lock = try WriterLock.take(id, home: library.store.home)
    try storeDraft()
    writing.withLock { $0.lock = lock }
  }

  /// Gives a thread that was only started its file.
  func storeDraft() throws(ChangeError) {
    guard let draft, let path = draft.path else { return }
    try ChangeError.writing { () throws(SystemError) in
      let stored = try AtomicFile(path)
      try draft.file.forEachChunk(in: 0..<draft.file.status().size) { (bytes) throws(SystemError) in
        try stored.write(bytes)
      }
      try stored.publish()
    }
    source.withLock { $0.draft = nil }
  }

  /// Forgets which file the thread was written to, because it goes on in another one.
  func forgetFile() { writing.withLock { $0.appender = nil } }

  /// Forgets which file the thread was opened from, because it goes on in another one.
  func forgetPath() { source.withLock { $0.path = nil } }

  /// Where the thread may be written: never outside of the home, whatever path opened it.
  private func writableLocation(in library: ThreadLibrary) throws(ChangeError) -> ThreadLocation {
    let location = try ChangeError.reading { () throws(LibraryError) in
      try find(in: library).location
    }
    guard library.store.contains(location.path) else { throw .outsideHome(location.path) }
    return location
  }

  /// The appender of the file that the thread's name leads to now.
  private func appender(
    _ writing: inout Writing, in library: ThreadLibrary
  ) throws(ChangeError) -> RolloutAppender {
    if let known = writing.appender,
      try ChangeError.writing({ () throws(SystemError) in try known.isCurrent() })
    {
      return known
    }
    let new = try openAppender(in: library)
    writing.appender = new
    return new
  }

  private func openAppender(in library: ThreadLibrary) throws(ChangeError) -> RolloutAppender {
    if let draft {
      let chain = try ChangeError.reading { () throws(LibraryError) in try draft.chain() }
      return try ChangeError.writing { () throws(SystemError) in
        try RolloutAppender(chain, path: nil)
      }
    }
    let location = try unpacked(writableLocation(in: library))
    let chain = try ChangeError.reading { () throws(LibraryError) in
      try library.store.chain(FoundThread(location))
    }
    return try ChangeError.writing { () throws(SystemError) in
      try RolloutAppender(chain, path: location.path)
    }
  }

  /// Nothing can be appended to a compressed file: it gives way to a file with its content.
  private func unpacked(_ location: ThreadLocation) throws(ChangeError) -> ThreadLocation {
    guard RolloutFile.isCompressed(location.path) else { return location }
    return try ChangeError.writing { () throws(SystemError) in
      let path = try RolloutFile.unpackBeside(location.path)
      try File.remove(location.path)
      return ThreadLocation(id: location.id, path: path, isArchived: location.isArchived)
    }
  }
}

extension WriterLock {
  /// Takes the lock of a thread, or says who has it.
  static func take(_ id: UUID, home: String) throws(ChangeError) -> WriterLock {
    do throws(WriterLockError) {
      return try WriterLock(thread: id, home: home)
    } catch {
      switch error {
      case .failed(let error): throw .unwritable(error)
      case .held(let holder): throw .locked(id, holder: holder)
      }
    }
  }
}
