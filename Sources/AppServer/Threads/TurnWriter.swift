import History
import JSON
import JSONRPC
import Protocol
import Rollouts
import System

/// Writes turns of a thread from its plan, item by item: neither the file nor the answer is ever in
/// memory as a whole.
struct TurnWriter {
  let opened: OpenedThread
  let log: Log
  let lateLosses: LateLosses
  /// Makes later turns while earlier ones go out.
  let worker: Worker

  init(_ opened: OpenedThread, on server: Server) {
    self.opened = opened
    log = server.log
    lateLosses = server.lateLosses
    worker = server.worker
  }

  /// Writes all turns as an array.
  func write(to out: inout JSONWriter, _ pause: ResponseStream.Pause) {
    guard opened.chain.loadedSize != nil, let text = opened.written.text(madeBy: shortText) else {
      return write(opened.stored.plan.turns, showing: .full, to: &out, pause)
    }
    out.raw(text)
    pause(&out)
  }

  /// All turns as an array; nil where they are many, or cannot be made.
  private func shortText() -> [UInt8]? {
    let sections = TurnSection.sections(
      of: opened.stored.plan.turns, showing: .full, from: opened)
    guard sections.count <= 1 else { return nil }
    guard let section = sections.first else { return Array("[]".utf8) }
    return (try? section.text()).map { [UInt8(ascii: "[")] + $0 + [UInt8(ascii: "]")] }
  }

  /// Writes some turns as an array.
  ///
  /// A file that can no longer be read ends the turns there: what was checked before the first byte
  /// of the answer could not foresee it.
  func write(
    _ turns: [TurnPlan], showing view: TurnItemsView, to out: inout JSONWriter,
    _ pause: ResponseStream.Pause
  ) {
    out.byte(UInt8(ascii: "["))
    do throws(SystemError) {
      let sections = TurnSection.sections(of: turns, showing: view, from: opened)
      for (index, section) in sections.enumerated() {
        if index > 0 { out.byte(UInt8(ascii: ",")) }
        makeAhead(sections, of: index)
        try section.write(to: &out, pause)
      }
    } catch {
      log.warn("thread \(opened.id): the answer was cut short: \(error)")
      lateLosses.note(error, in: opened.id)
    }
    out.byte(UInt8(ascii: "]"))
  }

  /// How many sections are made before their turn: enough for every processor to have something to
  /// do, few enough to be held in memory.
  private static let lead = 4

  private func makeAhead(_ sections: [TurnSection], of index: Int) {
    // A short answer is out before the first thread of a worker has started.
    guard sections.count > Self.lead else { return }
    let next = index == 0 ? 1 : index + Self.lead
    for section in sections.dropFirst(next).prefix(index + Self.lead + 1 - next) {
      worker.help { section.make() }
    }
  }
}

extension ItemBuilder {
  convenience init(_ opened: OpenedThread, leavesGaps: Bool = false) {
    self.init(
      opened.chain.files, opened.stored.plan, threadID: opened.id.description,
      leavesGaps: leavesGaps)
  }
}

extension Turn {
  /// A turn without its items.
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
