package import JSON
package import Library
import Platform
import Rollouts
package import Settings

/// The properties of a thread that is to be created, besides its settings.
package struct NewThread: Sendable {
  /// The name of the program that creates the thread.
  package var originator: String
  /// The base instructions for the model; nil for the model's own.
  package var baseInstructions: JSONText?
  /// The kind of source that the request names; nil if it names none.
  package var threadSource: String?
  /// Whether the thread never gets a file.
  package var isEphemeral: Bool

  /// Creates the properties of a thread.
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
  /// Creates a thread. Its file is created by the first write to it.
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
  /// Creates a draft, with its header and settings in a temporary file without a name.
  ///
  /// - Parameters:
  ///   - path: The path that the thread's file will get; nil for an ephemeral thread.
  ///   - name: The name of an ephemeral fork; nil for other threads.
  ///   - base: The parts of other files whose records precede the thread's own.
  init(
    _ meta: NewSessionMeta, _ settings: EffectiveSettings, path: String?, name: String? = nil,
    on base: [RolloutChain.Link] = []
  ) throws(ChangeError) {
    var records = RecordWriter(time: meta.time, ordinal: meta.ordinal)
    records.append("session_meta", meta.members)
    records.append("event_msg", settings.applied(to: meta.id))
    let file = try ChangeError.writing { () throws(SystemError) in
      let file = try File.scratch(for: path ?? "an ephemeral thread")
      try file.checkKeeping()
      try FileGap.fill(meta.gaps, in: records.bytes) { (bytes) throws(SystemError) in
        try file.append(bytes)
      }
      return file
    }
    self.init(meta.id, file, path: path, name: name, on: base)
  }
}

extension NewSessionMeta {
  /// Sets the fields that all new headers have in common.
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
  /// - Parameter time: The time of creation, in milliseconds since 1970.
  init(new thread: UUID, at time: Int64) {
    self.init(time: LocalTime(unixSeconds: time / 1000), thread: thread)
  }
}
