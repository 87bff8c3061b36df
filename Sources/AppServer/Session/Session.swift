import Changes
import JSON
import JSONRPC
import Library
import Platform
import Protocol
import Settings
import Synchronization

/// What the server knows while a client is connected: where it runs, the user's settings, the threads
/// on disk, and those that the client has opened.
///
/// Any thread may use it.
package final class Session: Sendable {
  let host: HostInfo
  /// What the user's files and options say.
  let settings: Settings
  let library: ThreadLibrary
  let changes: ThreadChanges
  let connection: Connection
  let log: Log
  let loadedThreads = LoadedThreads()
  private let reportedLosses = ReportedLosses()
  private let knownClient = Mutex<ClientInfo?>(nil)

  init(
    host: HostInfo, settings: Settings, connection: Connection, helpers: ThreadPool, log: Log
  ) {
    self.host = host
    self.settings = settings
    self.connection = connection
    self.log = log
    library = ThreadLibrary(
      home: host.home, directory: host.directory, modelProvider: settings.modelProvider,
      helpers: helpers, log: log)
    changes = ThreadChanges(library, version: Version.inUserAgent)
  }

  /// Who is asking; nil before the handshake.
  var client: ClientInfo? { knownClient.withLock { $0 } }

  /// Notes who is asking.
  ///
  /// - Throws: Where that is known already.
  func setClient(_ client: ClientInfo) throws(RPCError) {
    try knownClient.withLock { (known) throws(RPCError) in
      guard known == nil else { throw .alreadyInitialized }
      known = client
    }
  }

  /// Who made the threads that are made here: the client, unless the environment names another.
  var originator: String { host.originator ?? client?.name ?? "" }

  /// The settings of a thread that a request opens.
  func settings(
    for request: ThreadOverrides, of thread: ThreadOrigin
  ) throws(SettingsError) -> EffectiveSettings {
    try settings.effective(for: request, thread: thread, serverDirectory: host.directory)
  }
}

/// Who is asking.
struct ClientInfo: WireObject, Equatable {
  var name = ""
  var title: String?
  var version = ""

  mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("name", &name)
    try field("title", &title)
    try field("version", &version)
  }
}

// Losses.
extension Session {
  /// Tells the client what a thread has lost, each kind of loss of a thread only once.
  func report(_ losses: [DataLoss], of thread: UUID) {
    for loss in losses where reportedLosses.note(loss, of: thread) {
      let warning = ThreadWarning(message: loss.message, threadID: thread.description)
      connection.notify(ThreadWarning.method, warning)
    }
  }

  /// Tells why some threads are listed by their names alone, if they are.
  func reportLosses(of threads: [ThreadOverview]) {
    for thread in threads {
      guard let loss = thread.loss, reportedLosses.note(loss, of: thread.id) else { continue }
      log.warn("thread \(thread.id): \(thread.unreadable ?? "")")
      let warning = ThreadWarning(message: loss.message, threadID: thread.id.description)
      connection.notify(ThreadWarning.method, warning)
    }
  }
}
