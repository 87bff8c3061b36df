import JSON
import JSONRPC
import Protocol
import Settings
import System

extension Server {
  /// The settings of a thread that a request opens.
  func settings(
    for request: ThreadOverrides, of thread: ThreadOrigin
  ) throws(RPCError) -> EffectiveSettings {
    do throws(SettingsError) {
      return try settings.effective(
        for: request, thread: thread, serverDirectory: host.directory)
    } catch {
      throw RPCError(error)
    }
  }

  /// Notes that a thread is loaded from now on; tells so unless it was before.
  func load(_ id: UUID, with settings: EffectiveSettings) {
    guard loadedThreads[id] == nil else { return }
    loadedThreads[id] = LoadedThread(settings: settings)
    var change = ThreadStatusChanged()
    change.threadID = id.description
    change.status = .idle
    outbox.notify(ThreadStatusChanged.method, change)
  }
}

/// The notification `thread/status/changed`.
struct ThreadStatusChanged: WireObject {
  static let method = "thread/status/changed"

  var threadID = ""
  var status = ThreadStatus.notLoaded

  mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("threadId", &threadID)
    try field("status", &status)
  }
}
