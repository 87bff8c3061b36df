import JSON
import JSONRPC
import Rollouts
import Settings
import System

/// A thread that the home does not have: one that was started and not yet written to, or an
/// ephemeral one.
///
/// It is kept as a rollout without a name, behind what it took over from its parent, so that it is
/// read and written like any other.
struct UnstoredThread: Sendable {
  let id: UUID
  /// Where it will be; nil if it is ephemeral.
  let path: String?
  /// Of an ephemeral thread, whose name is nowhere else.
  let name: String?
  private let file: File
  /// The part of other files that comes before it.
  private let base: [RolloutChain.Link]

  init(
    _ meta: NewSessionMeta, _ settings: EffectiveSettings, path: String?, name: String? = nil,
    on base: [RolloutChain.Link] = []
  ) throws(RPCError) {
    id = meta.id
    self.path = path
    self.name = name
    self.base = base
    var records = RecordWriter(time: meta.time, ordinal: meta.ordinal)
    records.append("session_meta", meta.members)
    records.append("event_msg", settings.applied(to: meta.id))
    do throws(SystemError) {
      file = try File.scratch(for: path ?? "an ephemeral thread")
      try file.append(records.bytes.span.bytes)
    } catch {
      throw .unwritable(error)
    }
  }

  var isEphemeral: Bool { path == nil }

  var place: RolloutStore.Place {
    RolloutStore.Place(id: id, path: path ?? "", isArchived: false)
  }

  /// How much there is to read, in bytes.
  var size: Int { base.reduce(0) { $0 + $1.end } }

  func chain() throws(RPCError) -> RolloutChain {
    do throws(SystemError) {
      let end = try file.status().size
      return try RolloutChain(base + [RolloutChain.Link(file: file, end: end, endOrdinal: nil)])
    } catch {
      throw .unreadable(error)
    }
  }

  /// Gives the thread its file.
  func store(at path: String) throws(RPCError) {
    do throws(SystemError) {
      let stored = try AtomicFile(path)
      try file.forEachChunk(in: 0..<file.status().size) { (bytes) throws(SystemError) in
        try stored.write(bytes)
      }
      try stored.publish()
    } catch {
      throw .unwritable(error)
    }
  }
}

extension OpenedThread {
  init(_ unstored: UnstoredThread, on server: Server) throws(RPCError) {
    try self.init(
      unstored.place, unstored.chain(), directory: server.host.directory, log: server.log)
  }
}
