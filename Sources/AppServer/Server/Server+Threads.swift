import JSON
import JSONRPC
import Protocol
import Settings
import System

extension Server {
  /// Who made the threads that are made here: the client, unless the environment names another.
  var originator: String { host.originator ?? client?.name ?? "" }

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
  ///
  /// - Parameter path: The file that the request named.
  func load(_ id: UUID, with settings: EffectiveSettings, from path: String? = nil) {
    guard loadedThreads[id] == nil else {
      loadedThreads[id]?.isSubscribed = true
      return
    }
    loadedThreads[id] = LoadedThread(settings: settings, path: path)
    tellStatus(.idle, of: id)
  }

  /// Forgets a thread, and gives back its lock; tells so if it was loaded.
  func unload(_ id: UUID) {
    guard loadedThreads[id] != nil else { return }
    loadedThreads[id] = nil
    tellStatus(.notLoaded, of: id)
  }

  func tellStatus(_ status: ThreadStatus, of id: UUID) {
    var change = ThreadStatusChanged()
    change.threadID = id.description
    change.status = status
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
