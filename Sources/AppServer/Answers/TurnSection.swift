import History
import JSON
import JSONRPC
import Library
import Platform
import Protocol
import Rollouts
import Synchronization

/// Some consecutive turns of an answer, which another thread can encode in advance.
///
/// Encoding items takes longer than reading and sending them, so it is done on several processors.
/// The thread that writes the answer encodes the sections that no other thread has begun.
final class TurnSection: Sendable {
  private enum State {
    case waiting
    case made([UInt8], SystemError?)
    /// The thread that writes the answer has begun the section.
    case taken
  }

  private let turns: ArraySlice<TurnPlan>
  private let view: TurnItemsView
  private let snapshot: ThreadSnapshot
  /// The size of the records of the items, in bytes.
  private let size: Int
  private let state = Mutex(State.waiting)

  /// The size of records at which a section is complete, in bytes.
  private static let fullSize = 512 * 1024
  /// The size of records above which a section is not encoded in advance, in bytes, because a long
  /// turn would take too much memory.
  private static let sizeLimit = 8 << 20

  private init(
    _ turns: ArraySlice<TurnPlan>, _ view: TurnItemsView, _ snapshot: ThreadSnapshot, size: Int
  ) {
    self.turns = turns
    self.view = view
    self.snapshot = snapshot
    self.size = size
  }

  /// Divides turns into sections. No section is empty.
  static func sections(
    of turns: [TurnPlan], showing view: TurnItemsView, from snapshot: ThreadSnapshot
  ) -> [TurnSection] {
    var sections: [TurnSection] = []
    var start = turns.startIndex
    var size = 0
    var last: RecordLocation?
    for (index, turn) in turns.enumerated() {
      let items = turn.items(in: view)
      // Turns that come from one compaction record stay together, so that the record is read only
      // once.
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

  /// Encodes the section in advance, unless a thread has begun it.
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

  /// Encodes the turns, with commas between them.
  func text() throws(SystemError) -> [UInt8] {
    var out = JSONWriter(capacity: size)
    try append(to: &out) { _ in }
    return out.bytes
  }

  /// Writes the turns with commas between them. They are encoded now if no thread has done so in
  /// advance.
  ///
  /// - Throws: The error that ended the turns early. What was written until then is complete JSON.
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

  /// Writes the items of a turn as an array.
  ///
  /// - Returns: The error that ended the array early; nil if there was none.
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
  /// The size of the item's records, in bytes.
  fileprivate var size: Int {
    more.reduce(Int(record.length) + Int(output?.length ?? 0)) { $0 + Int($1.record.length) }
  }
}
