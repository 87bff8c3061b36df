import History
import JSON
package import Library
import Platform
package import Protocol
import Rollouts
package import Settings

extension ThreadChanges {
  /// Creates a thread from a history that a client sends, and stores it completely or not at all
  /// (HISTORY.md 6).
  ///
  /// - Returns: The stored thread.
  package func importHistory(
    _ items: ModelInput, _ new: NewThread, with settings: EffectiveSettings
  ) throws(ChangeError) -> ThreadSnapshot {
    let now = WallClock.now()
    var meta = NewSessionMeta(id: UUID(version7At: now), time: now)
    meta.take(settings, originator: new.originator, version: version)
    meta.baseInstructions = new.baseInstructions.map { NewSessionMeta.instructions($0) }
    let records = ModelInputRecords(meta, settings: RawJSON(WireMap(settings.applied(to: meta.id))))
    let path = library.store.path(for: RolloutName(new: meta.id, at: now))
    let location = ThreadLocation(id: meta.id, path: path, isArchived: false)
    return try changing { () throws(ChangeError) in
      let file = try ChangeError.writing { () throws(SystemError) in try AtomicFile(path) }
      let content = try ChangeError.writing { () throws(SystemError) in
        try records.write(items.text) { (bytes) throws(SystemError) in try file.write(bytes) }
        return try file.content()
      }
      // The thread is read while the system writes the file to the disk, and before the file gets
      // its name: nothing can fail any more once it is stored.
      let snapshot = Prefetch(on: library.helpers) { [library] in
        Result { () throws(LibraryError) in try library.snapshot(of: location, in: content) }
      }
      try ChangeError.writing { () throws(SystemError) in try file.sync() }
      let thread = try ChangeError.reading { () throws(LibraryError) in try snapshot.value.get() }
      do throws(SystemError) { try file.publish(library.log) } catch { throw .unwritable(error) }
      return thread
    }
  }
}

extension ThreadLibrary {
  /// Reads a thread from the open file that is about to become its newest one.
  func snapshot(
    of location: ThreadLocation, in file: File
  ) throws(LibraryError) -> ThreadSnapshot {
    try snapshot(of: location, store.chain(behind: file))
  }
}
