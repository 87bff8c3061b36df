package import History
package import Platform
package import Rollouts
import Settings

/// A thread as it was at one moment, read as far as an answer needs. Its files are open.
package struct ThreadSnapshot: Sendable {
  /// The id and the file of the thread.
  package let location: ThreadLocation
  /// The open files of the thread.
  package let chain: RolloutChain
  /// The summary and the plan of the thread.
  package private(set) var history: ThreadHistory
  /// All turns as JSON, if they were written before.
  package let encodedTurns: EncodedTurns

  /// The id of the thread.
  package var id: UUID { location.id }

  /// Creates a snapshot of a thread that was just read.
  ///
  /// - Parameters:
  ///   - history: What was read of the files.
  ///   - directory: The absolute path of the server's working directory, for relative paths in
  ///     records.
  ///   - log: The log for damaged and missing parts.
  /// - Throws: `empty` if the files have no usable record.
  init(
    _ location: ThreadLocation, _ chain: RolloutChain, _ history: ThreadHistory, directory: String,
    log: Log
  ) throws(LibraryError) {
    guard history.isUsable else {
      throw .empty(path: location.path, hasNoBytes: chain.links.allSatisfy { $0.end == 0 })
    }
    self.location = location
    self.chain = chain
    self.history = history
    encodedTurns = EncodedTurns()
    self.history.plan.directories[0] = history.recorded.directory(serverDirectory: directory)
    report(to: log)
  }

  /// Creates a snapshot of a thread that was read earlier.
  init(
    _ location: ThreadLocation, _ chain: RolloutChain, again history: ThreadHistory,
    _ encodedTurns: EncodedTurns
  ) {
    self.location = location
    self.chain = chain
    self.history = history
    self.encodedTurns = encodedTurns
  }

  /// The thread after a change that is stored already, as far as is known without reading its files
  /// again.
  ///
  /// - Parameters:
  ///   - location: The present location; nil if it is the same.
  ///   - change: Makes the change.
  package func changed(
    to location: ThreadLocation? = nil, _ change: (inout ThreadHistory) -> Void = { _ in }
  ) -> ThreadSnapshot {
    var history = history
    change(&history)
    return ThreadSnapshot(location ?? self.location, chain, again: history, EncodedTurns())
  }

  private func report(to log: Log) {
    for problem in chain.problems { log.warn("thread \(id): \(problem)") }
    if let path = location.unusablePath { log.warn("thread \(id): nothing of use in \(path)") }
    if history.meta.id == nil { log.warn("thread \(id): degraded: no header") }
    for damage in history.plan.damage {
      let path = chain.links[damage.file].file.path
      log.warn("thread \(id): skipped \(path) at byte \(damage.offset): \(damage.reason)")
    }
    for loss in losses where [.copy, .padding, .ordinals].contains(loss.kind) {
      log.warn("thread \(id): \(loss.message)")
    }
    let more = history.plan.damageCount - history.plan.damage.count
    if more > 0 { log.warn("thread \(id): skipped \(more) more") }
  }
}
