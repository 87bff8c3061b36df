import Changes
import JSON
import JSONRPC
import Library
import Platform
import Protocol
import Rollouts
import Settings
import Synchronization

/// The state of a connection: the machine, the user's settings, the stored threads, and the threads
/// that the client has loaded.
///
/// It can be used from any thread.
package final class Session: Sendable {
  /// The machine and the process.
  let host: HostInfo
  /// The settings in the user's files and options.
  let settings: Settings
  /// The stored threads, for reading.
  let library: ThreadLibrary
  /// The stored threads, for changes.
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

  /// The client; nil before the handshake.
  var client: ClientInfo? { knownClient.withLock { $0 } }

  /// Sets the client at the handshake.
  ///
  /// - Throws: `alreadyInitialized` if the client is set already.
  func setClient(_ client: ClientInfo) throws(RPCError) {
    try knownClient.withLock { (known) throws(RPCError) in
      guard known == nil else { throw .alreadyInitialized }
      known = client
    }
  }

  /// The originator of new threads: the name in the environment, else the name of the client.
  var originator: String { host.originator ?? client?.name ?? "" }

  /// The settings of a thread that a request opens.
  ///
  /// - Throws: A `SettingsError` if they are invalid, for example because of an unknown model
  ///   provider.
  func settings(
    for request: ThreadOverrides, of thread: ThreadOrigin
  ) throws(SettingsError) -> EffectiveSettings {
    try settings.effective(for: request, thread: thread, serverDirectory: host.directory)
  }
}

/// The client that sends the requests.
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
  /// Reports a loss that is new with each answer.
  func report(_ loss: DataLoss, of thread: UUID) { sendWarning(loss, of: thread) }

  /// Reports the losses of a thread to the client, each kind of loss only once per thread.
  func report(_ losses: [DataLoss], of thread: UUID) {
    for loss in losses where reportedLosses.note(loss, of: thread) { sendWarning(loss, of: thread) }
  }

  /// Logs and reports the losses of listed threads whose files cannot be read.
  func report(_ threads: [UnreadThread]) {
    for thread in threads where reportedLosses.note(thread.loss, of: thread.id) {
      log.warn("thread \(thread.id): \(thread.reason)")
      sendWarning(thread.loss, of: thread.id)
    }
  }

  /// Logs and reports the parts of the home that a list or a search lacks.
  func report(_ losses: [HomeLoss]) {
    for loss in losses where reportedLosses.note(loss) {
      log.warn(loss.message)
      connection.notify(LossWarning.method, LossWarning(message: loss.message, threadID: nil))
    }
  }

  /// Logs and reports that names of threads could not be read.
  func reportLostNames() {
    if let failure = library.store.names.failure { report([HomeLoss(ofNames: failure)]) }
  }

  private func sendWarning(_ loss: DataLoss, of thread: UUID) {
    let warning = LossWarning(message: loss.message, threadID: thread.description)
    connection.notify(LossWarning.method, warning)
  }
}
