import History
import JSON
import JSONRPC
import Library
import Platform
import Protocol
import Rollouts

/// Writes turns of a thread to an answer, item by item, so that memory never holds the whole file
/// or the whole answer.
struct TurnEncoder {
  private let snapshot: ThreadSnapshot
  /// The threads that encode the next turns while earlier ones are being sent.
  private let helpers: ThreadPool

  init(_ snapshot: ThreadSnapshot, _ helpers: ThreadPool) {
    self.snapshot = snapshot
    self.helpers = helpers
  }

  /// Writes all turns as an array.
  ///
  /// - Returns: What the turns lack; nil if nothing.
  func write(to out: inout JSONWriter, _ pause: ResponseStream.Pause) -> MissingItems? {
    guard snapshot.chain.loadedSize != nil,
      let text = snapshot.encodedTurns.text(madeBy: shortText)
    else { return write(snapshot.history.plan.turns, showing: .full, to: &out, pause) }
    out.raw(text)
    pause(&out)
    return nil
  }

  /// All turns as a JSON array; nil if they are large or cannot be read.
  private func shortText() -> [UInt8]? {
    let sections = TurnSection.sections(
      of: snapshot.history.plan.turns, showing: .full, from: snapshot)
    guard sections.count <= 1 else { return nil }
    guard let section = sections.first else { return Array("[]".utf8) }
    return section.text().map { [UInt8(ascii: "[")] + $0 + [UInt8(ascii: "]")] }
  }

  /// Writes some turns as an array. A turn whose items cannot be read any more says so in its
  /// error.
  ///
  /// - Returns: What the turns lack; nil if nothing.
  func write(
    _ turns: [TurnPlan], showing view: TurnItemsView, to out: inout JSONWriter,
    _ pause: ResponseStream.Pause
  ) -> MissingItems? {
    out.byte(UInt8(ascii: "["))
    var missing: MissingItems?
    let sections = TurnSection.sections(of: turns, showing: view, from: snapshot)
    for (index, section) in sections.enumerated() {
      if index > 0 { out.byte(UInt8(ascii: ",")) }
      prefetch(sections, behind: index)
      missing = MissingItems(missing, and: section.write(to: &out, behind: missing, pause))
    }
    out.byte(UInt8(ascii: "]"))
    return missing
  }

  /// The number of sections that are encoded in advance: enough for all processors, and few enough
  /// for memory.
  private static let prefetchCount = 4

  private func prefetch(_ sections: [TurnSection], behind index: Int) {
    // A short answer is sent before another thread could begin.
    guard sections.count > Self.prefetchCount else { return }
    let next = index == 0 ? 1 : index + Self.prefetchCount
    for section in sections.dropFirst(next).prefix(index + Self.prefetchCount + 1 - next) {
      helpers.run { section.make() }
    }
  }
}

extension Turn {
  /// Creates a turn without its items.
  init(_ plan: TurnPlan, _ view: TurnItemsView) {
    self.init()
    id = plan.id
    itemsView = view
    status = plan.status
    error = plan.error
    startedAt = plan.startedAt
    completedAt = plan.completedAt
    durationMs = plan.durationMs
    rootTurnID = plan.rootTurnID
  }
}
