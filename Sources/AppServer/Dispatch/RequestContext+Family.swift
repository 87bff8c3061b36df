import Library
import Platform

extension RequestContext {
  /// Finds a thread's sub-agents, and goes on when no earlier request is in the way of a change to any
  /// of them.
  ///
  /// - Parameter looks: How often they may be looked for: again where files came or went while the
  ///   request waited.
  func changingFamily<Response>(
    of thread: UUID, looks: Int = 3,
    _ change: @escaping @Sendable (ThreadFamily) throws -> Reply<Response>
  ) throws -> Reply<Response> {
    let store = session.library.store
    let family = try store.family(of: thread, on: session.library.helpers)
    return .after(.threads(family.members.map(\.id), .write)) {
      guard looks <= 1 || store.isCurrent(family) else {
        return try changingFamily(of: thread, looks: looks - 1, change)
      }
      try commit()
      return try change(family)
    }
  }
}
