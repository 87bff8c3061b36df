package import JSON
package import Library
import Platform
import Rollouts
package import Settings

/// What a new thread is to be, besides its settings.
package struct NewThread: Sendable {
  /// Who makes the thread.
  package var originator: String
  /// What the model is told first; nil for its own instructions.
  package var baseInstructions: JSONText?
  package var threadSource: String?
  /// Whether the thread never gets a file.
  package var isEphemeral: Bool

  package init(
    originator: String, baseInstructions: JSONText? = nil, threadSource: String? = nil,
    isEphemeral: Bool = false
  ) {
    self.originator = originator
    self.baseInstructions = baseInstructions
    self.threadSource = threadSource
    self.isEphemeral = isEphemeral
  }
}

extension ThreadChanges {
  /// Begins a thread. Its file is made by the first write to it.
  package func start(
    _ new: NewThread, with settings: EffectiveSettings
  ) throws(ChangeError) -> DraftThread {
    let now = WallClock.now()
    var meta = NewSessionMeta(id: UUID(version7At: now), time: now)
    meta.take(settings, originator: new.originator, version: version)
    meta.baseInstructions = new.baseInstructions.map { NewSessionMeta.instructions($0) }
    meta.threadSource = new.threadSource
    let path = new.isEphemeral ? nil : library.store.path(for: RolloutName(new: meta.id, at: now))
    return try DraftThread(meta, settings, path: path)
  }
}

extension DraftThread {
  /// Makes the file without a name that holds the thread's records.
  ///
  /// - Parameters:
  ///   - path: Where the thread's file will be; nil for an ephemeral thread.
  ///   - name: What an ephemeral fork is called.
  ///   - base: What of other files comes before the thread's own records.
  init(
    _ meta: NewSessionMeta, _ settings: EffectiveSettings, path: String?, name: String? = nil,
    on base: [RolloutChain.Link] = []
  ) throws(ChangeError) {
    var records = RecordWriter(time: meta.time, ordinal: meta.ordinal)
    records.append("session_meta", meta.members)
    records.append("event_msg", settings.applied(to: meta.id))
    let file = try ChangeError.writing { () throws(SystemError) in
      let file = try File.scratch(for: path ?? "an ephemeral thread")
      try file.append(records.bytes.span.bytes)
      return file
    }
    self.init(meta.id, file, path: path, name: name, on: base)
  }
}

extension NewSessionMeta {
  /// What every header says that is made here.
  mutating func take(_ settings: EffectiveSettings, originator: String, version: String) {
    cwd = settings.cwd
    runtimeWorkspaceRoots = settings.runtimeWorkspaceRoots
    self.originator = originator
    cliVersion = version
    modelProvider = settings.modelProvider
  }
}

extension RolloutName {
  /// The name of a new thread's file.
  ///
  /// - Parameter time: In ms since 1970.
  init(new thread: UUID, at time: Int64) {
    self.init(time: LocalTime(unixSeconds: time / 1000), thread: thread)
  }
}
