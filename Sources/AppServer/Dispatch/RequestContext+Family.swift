import Library
import Platform

extension RequestContext {
  /// Finds the family of a thread, and calls `change` when no earlier request is in conflict with a
  /// change of any member.
  ///
  /// - Parameters:
  ///   - looks: How often the family may be searched. It is searched again if files were added or
  ///     removed while the request waited.
  ///   - change: Changes the family. The request can no longer be cancelled then.
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
