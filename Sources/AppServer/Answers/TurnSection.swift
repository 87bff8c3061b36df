import History
import JSON
import JSONRPC
import Library
import Platform
import Protocol
import Rollouts
import Synchronization

/// A few turns of an answer, which can be made on another thread before it is their turn to go out.
///
/// Making items costs more than reading and sending them together, so this is what more than one
/// processor is used for; whoever writes the answer makes what nobody else has begun.
final class TurnSection: Sendable {
  private enum State {
    case waiting
    case made([UInt8], SystemError?)
    /// By the thread that writes the answer.
    case taken
  }

  private let turns: ArraySlice<TurnPlan>
  private let view: TurnItemsView
  private let snapshot: ThreadSnapshot
  /// Of the records that are to be read, in bytes.
  private let size: Int
  private let state = Mutex(State.waiting)

  /// A section is closed when its records come to this size, in bytes.
  private static let fullSize = 512 * 1024
  /// One whose records are larger is not held in memory: its turn is too long.
  private static let sizeLimit = 8 << 20

  private init(
    _ turns: ArraySlice<TurnPlan>, _ view: TurnItemsView, _ snapshot: ThreadSnapshot, size: Int
  ) {
    self.turns = turns
    self.view = view
    self.snapshot = snapshot
    self.size = size
  }

  /// Cuts turns into sections, none empty.
  static func sections(
    of turns: [TurnPlan], showing view: TurnItemsView, from snapshot: ThreadSnapshot
  ) -> [TurnSection] {
    var sections: [TurnSection] = []
    var start = turns.startIndex
    var size = 0
    var last: RecordLocation?
    for (index, turn) in turns.enumerated() {
      let items = turn.items(in: view)
      // Turns that are made of one compaction stay together: it is read once for all of them.
      if size >= fullSize, items.first?.record != last {
        sections.append(TurnSection(turns[start..<index], view, snapshot, size: size))
        start = index
        size = 0
      }
      for item in items where item.record != last {
        size += item.size
        last = item.record
      }
    }
    if start < turns.endIndex {
      sections.append(TurnSection(turns[start...], view, snapshot, size: size))
    }
    return sections
  }

  /// Makes the section if nobody has begun it.
  func make() {
    guard size <= Self.sizeLimit else { return }
    state.withLock { state in
      guard case .waiting = state else { return }
      var out = JSONWriter(capacity: size)
      do throws(SystemError) {
        try append(to: &out) { _ in }
        state = .made(out.bytes, nil)
      } catch {
        state = .made(out.bytes, error)
      }
    }
  }

  /// The turns with commas between them.
  func text() throws(SystemError) -> [UInt8] {
    var out = JSONWriter(capacity: size)
    try append(to: &out) { _ in }
    return out.bytes
  }

  /// Writes the turns with commas between them, as they were made or, if nobody did, now.
  ///
  /// - Throws: What kept it from writing them all; what was written is complete as far as it goes.
  func write(to out: inout JSONWriter, _ pause: ResponseStream.Pause) throws(SystemError) {
    let state = state.withLock { state in
      defer { state = .taken }
      return state
    }
    guard case .made(let bytes, let failure) = state else {
      return try append(to: &out) { out in pause(&out) }
    }
    pause(&out, before: bytes)
    if let failure { throw failure }
  }

  private func append(
    to out: inout JSONWriter, _ pause: (inout JSONWriter) -> Void
  ) throws(SystemError) {
    let builder = ItemBuilder(snapshot, leavesGaps: true)
    for (index, plan) in turns.enumerated() {
      if index > 0 { out.byte(UInt8(ascii: ",")) }
      var failure: SystemError?
      Turn(plan, view).write(
        to: &out,
        streamingItems: { out in
          failure = append(plan.items(in: view), from: builder, to: &out, pause)
        })
      if let failure { throw failure }
    }
  }

  /// Writes the items of one turn as an array; returns what kept it from writing them all.
  private func append(
    _ items: [ItemPlan], from builder: ItemBuilder, to out: inout JSONWriter,
    _ pause: (inout JSONWriter) -> Void
  ) -> SystemError? {
    out.byte(UInt8(ascii: "["))
    defer { out.byte(UInt8(ascii: "]")) }
    var isFirst = true
    for plan in items {
      do throws(SystemError) {
        guard let item = try builder.item(plan) else { continue }
        if isFirst { isFirst = false } else { out.byte(UInt8(ascii: ",")) }
        try builder.write(item, to: &out, pause)
      } catch {
        return error
      }
    }
    return nil
  }
}

extension ItemPlan {
  /// Of the records that make the item, in bytes.
  fileprivate var size: Int {
    more.reduce(Int(record.length) + Int(output?.length ?? 0)) { $0 + Int($1.record.length) }
  }
}
