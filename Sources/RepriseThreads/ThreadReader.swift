import History
import Library
import Platform
import Protocol
import Rollouts

/// Reads the stored threads of one home, for programs in Swift.
///
///     let reader = ThreadReader(home: "/home/ada/.codex")
///     for thread in try reader.threads() {
///       let messages = try reader.messages(of: thread.id)
///       show(thread.name ?? thread.preview, messages.map(\.text))
///     }
///
/// Nothing is written. What was read before is used again only as long as the files are unchanged.
public struct ThreadReader: Sendable {
  private let library: ThreadLibrary

  /// - Parameter home: The folder that `CODEX_HOME` names, absolute.
  public init(home: String) {
    library = ThreadLibrary(
      home: home, directory: "/", modelProvider: "", helpers: ThreadPool(),
      log: .silent)
  }

  /// The threads of the home, the newest first. A thread without a message of its user is left out.
  ///
  /// - Parameter areArchived: Whether those in the archive are meant, and not the others.
  /// - Throws: When the folder of the threads cannot be read. Threads in a folder below it that cannot
  ///   be read are missing.
  public func threads(areArchived: Bool = false) throws(ThreadReaderError) -> [ThreadInfo] {
    let names = library.store.names.names()
    var query = ListQuery()
    query.filter.isArchived = areArchived
    query.limit = 100
    var threads: [ThreadInfo] = []
    repeat {
      let page = try ThreadReaderError.reading { () throws(LibraryError) in
        try library.catalog.page(query, Cancellation())
      }
      threads += page.rows.map { ThreadInfo($0.overview, name: names[$0.overview.id]) }
      query.cursor = page.next
    } while query.cursor != nil
    return threads
  }

  /// What user and agent say in a thread, in its order. Turns that were rolled back are left out.
  ///
  /// - Parameter id: The thread's id; archived threads are found, too.
  /// - Throws: When the text is no id, the thread is not there, or its files cannot be read.
  public func messages(of id: String) throws(ThreadReaderError) -> [ThreadMessage] {
    guard let id = try? UUID(id) else { throw ThreadReaderError(message: "\(id) is no id") }
    return try ThreadReaderError.reading { () throws(LibraryError) in
      let snapshot = try library.snapshot(of: library.store.find(id))
      return try LibraryError.reading { () throws(SystemError) in try snapshot.messages() }
    }
  }
}

extension ThreadSnapshot {
  fileprivate func messages() throws(SystemError) -> [ThreadMessage] {
    let builder = ItemBuilder(self)
    var messages: [ThreadMessage] = []
    for turn in history.plan.turns {
      for plan in turn.items where !plan.isHidden {
        if let message = try builder.item(plan).flatMap({ ThreadMessage($0, turnID: turn.id) }) {
          messages.append(message)
        }
      }
    }
    return messages
  }
}
