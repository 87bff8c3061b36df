package import History
package import Platform
package import Rollouts
import Settings

/// A thread as it was at one moment: its files are open and were read, as far as an answer needs it.
package struct ThreadSnapshot: Sendable {
  package let location: ThreadLocation
  package let chain: RolloutChain
  package private(set) var history: ThreadHistory
  /// All turns as they went out, if they went out before.
  package let encodedTurns: EncodedTurns

  package var id: UUID { location.id }

  /// - Parameters:
  ///   - history: What was read of the files.
  ///   - directory: The server's, which relative paths count from.
  ///   - log: Takes what was passed over: damage is never silent, and never fatal.
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

  /// A thread that was read before.
  init(
    _ location: ThreadLocation, _ chain: RolloutChain, again history: ThreadHistory,
    _ encodedTurns: EncodedTurns
  ) {
    self.location = location
    self.chain = chain
    self.history = history
    self.encodedTurns = encodedTurns
  }

  private func report(to log: Log) {
    for problem in chain.problems { log.warn("thread \(id): \(problem)") }
    if let path = location.unusablePath { log.warn("thread \(id): nothing of use in \(path)") }
    if history.meta.id == nil { log.warn("thread \(id): degraded: no header") }
    for damage in history.plan.damage {
      let path = chain.links[damage.file].file.path
      log.warn("thread \(id): skipped \(path) at byte \(damage.offset): \(damage.reason)")
    }
    let more = history.plan.damageCount - history.plan.damage.count
    if more > 0 { log.warn("thread \(id): skipped \(more) more") }
  }
}
