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

  /// Writes all turns as an array.
  func write(to out: inout JSONWriter, _ pause: ResponseStream.Pause) {
    write(opened.stored.plan.turns, showing: .full, to: &out, pause)
  }

  /// Writes some turns as an array.
  ///
  /// A file that can no longer be read ends the turns there: what was checked before the first byte
  /// of the answer could not foresee it.
  func write(
    _ turns: [TurnPlan], showing view: TurnItemsView, to out: inout JSONWriter,
    _ pause: ResponseStream.Pause
  ) {
    let builder = ItemBuilder(opened)
    out.byte(UInt8(ascii: "["))
    do throws(SystemError) {
      for (index, plan) in turns.enumerated() {
        if index > 0 { out.byte(UInt8(ascii: ",")) }
        var failure: SystemError?
        Turn(plan, view).write(
          to: &out,
          streamingItems: { out in
            failure = write(plan.items(in: view), from: builder, to: &out, pause)
          })
        if let failure { throw failure }
      }
    } catch {
      log.warn("thread \(opened.id): the answer was cut short: \(error)")
    }
    out.byte(UInt8(ascii: "]"))
  }

  /// Writes the items of one turn as an array; returns what kept it from writing them all.
  private func write(
    _ items: [ItemPlan], from builder: ItemBuilder, to out: inout JSONWriter,
    _ pause: ResponseStream.Pause
  ) -> SystemError? {
    out.byte(UInt8(ascii: "["))
    defer { out.byte(UInt8(ascii: "]")) }
    var isFirst = true
    for plan in items {
      do throws(SystemError) {
        guard let item = try builder.item(plan) else { continue }
        if isFirst { isFirst = false } else { out.byte(UInt8(ascii: ",")) }
        item.write(to: &out)
        pause(&out)
      } catch {
        return error
      }
    }
    return nil
  }
}

extension ItemBuilder {
  convenience init(_ opened: OpenedThread) {
    self.init(opened.chain.files, opened.stored.plan, threadID: opened.id.description)
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
