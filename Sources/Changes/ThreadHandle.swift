package import Library
package import Platform
import Rollouts
import Synchronization

/// The state of a thread that is kept from one request to the next: its records as long as it has
/// no file, the path by which a client opened it, and from the first write on the lock that keeps
/// other programs from writing it (ROLLOUTS.md 6).
///
/// The lock is released with the last reference to the handle.
package final class ThreadHandle: Sendable {
  private struct Source {
    var draft: DraftThread?
    var path: String?
  }

  private struct Writing {
    var lock: WriterLock?
    var appender: RolloutAppender?
  }

  /// The id of the thread.
  package let id: UUID
  private let source: Mutex<Source>
  private let writing = Mutex(Writing())

  /// Creates a handle.
  ///
  /// - Parameters:
  ///   - draft: The records of a thread without a file; nil for a stored thread.
  ///   - path: The path by which a client opened the thread; nil if it named the thread by its id.
  package init(_ id: UUID, draft: DraftThread? = nil, path: String? = nil) {
    self.id = id
    source = Mutex(Source(draft: draft, path: path))
  }

  /// The records of a thread without a file; nil for a stored thread.
  package var draft: DraftThread? { source.withLock { $0.draft } }

  /// Whether the thread never gets a file.
  package var isEphemeral: Bool { draft?.isEphemeral ?? false }

  /// Whether the thread is stored and is found by its id, and not by the path that opened it.
  package var isFoundByID: Bool { source.withLock { $0.draft == nil && $0.path == nil } }

  /// Whether the handle holds the writer lock of the thread.
  var holdsLock: Bool { writing.withLock { $0.lock != nil } }
}

// Reading.
extension ThreadHandle {
  /// Finds the thread: in the file by which it was opened if that is still its newest file, else by
  /// its id. Another program may have reverted the thread since.
  package func find(in library: ThreadLibrary) throws(LibraryError) -> FoundThread {
    let (draft, path) = source.withLock { ($0.draft, $0.path) }
    if let draft { return FoundThread(draft.location) }
    if let path, let current = try current(path, in: library) { return FoundThread(current) }
    return try library.store.find(id)
  }

  /// The location of the thread in the file at a path; nil if that is not the thread's newest file.
  private func current(
    _ path: String, in library: ThreadLibrary
  ) throws(LibraryError) -> ThreadLocation? {
    try LibraryError.finding { () throws(LibraryError) in
      let found = try library.find(atPath: path).location
      guard found.id == id else { return nil }
      let current = try library.store.current(found)
      return current.path == found.path ? current : nil
    }
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
  /// Appends records in one write, all or none. A draft is stored first.
  func append(
    in library: ThreadLibrary, _ add: (inout RecordWriter) -> Void
  ) throws(ChangeError) {
    try takeLock(in: library)
    try writing.withLock { (writing) throws(ChangeError) in
      if let known = writing.appender, try append(with: known, add) { return }
      // The path of the thread may lead to another file as soon as it was found.
      for _ in 0..<Self.tries {
        let new = try lookingAgain { () throws(ChangeError) in try openAppender(in: library) }
        writing.appender = new
        if try append(with: new, add) { return }
      }
      throw .library(.notFound(id))
    }
  }

  /// The number of times that a thread is looked for whose file is another one each time.
  private static let tries = 3

  private func append(
    with appender: RolloutAppender, _ add: (inout RecordWriter) -> Void
  ) throws(ChangeError) -> Bool {
    try ChangeError.writing { () throws(SystemError) in
      try appender.append(at: WallClock.now(), add)
    }
  }

  /// Takes the writer lock of the thread and stores a draft. An ephemeral thread has neither a lock
  /// nor a file.
  func takeLock(in library: ThreadLibrary) throws(ChangeError) {
    guard !isEphemeral, !holdsLock else { return }
    if draft == nil {
      _ = try lookingAgain { () throws(ChangeError) in try writableLocation(in: library) }
    }
    let lock = try WriterLock.take(id, home: library.store.home)
    try storeDraft(in: library)
    writing.withLock { $0.lock = lock }
  }

  /// Stores a draft in its file. A stored or ephemeral thread is left as it is.
  func storeDraft(in library: ThreadLibrary) throws(ChangeError) {
    guard let draft, let path = draft.path else { return }
    try ChangeError.writing { () throws(SystemError) in
      let stored = try AtomicFile(path)
      try draft.file.forEachChunk(in: 0..<draft.file.status().size) { (bytes) throws(SystemError) in
        try stored.write(bytes)
      }
      try stored.publish(library.log)
    }
    source.withLock { $0.draft = nil }
  }

  /// Forgets the end of the file that records were appended to, because the thread continues in
  /// another one.
  func forgetFile() { writing.withLock { $0.appender = nil } }

  /// Forgets the path by which the thread was opened, because the thread continues in another file.
  func forgetPath() { source.withLock { $0.path = nil } }

  /// The location of the thread.
  ///
  /// - Throws: `outsideHome` if the file is not in the home, whatever path opened it.
  private func writableLocation(in library: ThreadLibrary) throws(ChangeError) -> ThreadLocation {
    let location = try ChangeError.reading { () throws(LibraryError) in
      try find(in: library).location
    }
    let isInHome = try ChangeError.readingFiles { () throws(SystemError) in
      try library.store.contains(location.path)
    }
    guard isInHome else { throw .outsideHome(location.path) }
    return location
  }

  /// Calls `body`, which finds and opens the thread's file, and calls it again if the file was gone:
  /// another program may have moved it in between.
  private func lookingAgain<Value>(
    _ body: () throws(ChangeError) -> Value
  ) throws(ChangeError) -> Value {
    for _ in 1..<5 {
      do throws(ChangeError) { return try body() } catch {
        guard error.isOfMovedFile else { throw error }
      }
    }
    return try body()
  }

  /// A new appender of the thread's newest file.
  private func openAppender(in library: ThreadLibrary) throws(ChangeError) -> RolloutAppender {
    if let draft {
      let chain = try ChangeError.reading { () throws(LibraryError) in try draft.chain() }
      return try ChangeError.writing { () throws(SystemError) in
        try RolloutAppender(chain, path: nil)
      }
    }
    let location = try unpacked(writableLocation(in: library), in: library)
    let chain = try ChangeError.reading { () throws(LibraryError) in
      try library.store.chain(FoundThread(location))
    }
    return try ChangeError.writing { () throws(SystemError) in
      try RolloutAppender(chain, path: location.path)
    }
  }

  /// Replaces a compressed file by its content, because nothing can be appended to it.
  private func unpacked(
    _ location: ThreadLocation, in library: ThreadLibrary
  ) throws(ChangeError) -> ThreadLocation {
    guard RolloutFile.isCompressed(location.path) else { return location }
    return try ChangeError.writing { () throws(SystemError) in
      let path = try RolloutFile.unpackBeside(location.path, library.log)
      do throws(SystemError) { try File.remove(location.path) } catch {
        // The uncompressed file is complete, and it is the one that is read if both are there.
        library.log.warn("thread \(location.id): a compressed file is left behind: \(error)")
      }
      return ThreadLocation(id: location.id, path: path, isArchived: location.isArchived)
    }
  }
}

extension WriterLock {
  /// Takes the writer lock of a thread.
  ///
  /// - Throws: `locked` if another process holds the lock, `unwritable` if the lock file cannot be
  ///   opened.
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
