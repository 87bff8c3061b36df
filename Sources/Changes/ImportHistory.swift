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
      let snapshot = try ChangeError.writing { () throws(SystemError) in
        let file = try AtomicFile(path)
        try records.write(items.text) { (bytes) throws(SystemError) in try file.write(bytes) }
        let content = try file.content()
        // The thread is read while the system writes the file to the disk.
        let snapshot = Prefetch(on: library.helpers) { [library] in
          Result { () throws(LibraryError) in try library.snapshot(of: location, in: content) }
        }
        try file.publish()
        return snapshot
      }
      return try ChangeError.reading { () throws(LibraryError) in try snapshot.value.get() }
    }
  }
}

extension ThreadLibrary {
  /// Reads a thread that consists of one open file.
  fileprivate func snapshot(
    of location: ThreadLocation, in file: File
  ) throws(LibraryError) -> ThreadSnapshot {
    let chain = try LibraryError.reading { () throws(SystemError) in
      try RolloutChain(head: file) { _ in nil }
    }
    return try snapshot(of: location, chain)
  }
}
