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
    case made([UInt8], MissingItems?)
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
  private static let sizeLimit = 2 << 20

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
      let missing = append(to: &out, behind: nil) { _ in }
      state = .made(out.bytes, missing)
    }
  }

  /// Encodes the turns, with commas between them; nil if items are missing.
  func text() -> [UInt8]? {
    var out = JSONWriter(capacity: size)
    return append(to: &out, behind: nil) { _ in } == nil ? out.bytes : nil
  }

  /// Writes the turns with commas between them. They are encoded now if no thread has done so in
  /// advance.
  ///
  /// - Parameter earlier: What earlier sections of the answer lack; nil if nothing.
  /// - Returns: What this section lacks; nil if nothing.
  func write(
    to out: inout JSONWriter, behind earlier: MissingItems?, _ pause: ResponseStream.Pause
  ) -> MissingItems? {
    let state = state.withLock { state in
      defer { state = .taken }
      return state
    }
    guard case .made(let bytes, let missing) = state else {
      return append(to: &out, behind: earlier) { out in pause(&out) }
    }
    pause(&out, before: bytes)
    return missing
  }

  private func append(
    to out: inout JSONWriter, behind earlier: MissingItems?, _ pause: (inout JSONWriter) -> Void
  ) -> MissingItems? {
    var items = ItemArray(snapshot, behind: earlier)
    for (index, plan) in turns.enumerated() {
      if index > 0 { out.byte(UInt8(ascii: ",")) }
      Turn(plan, view).write(
        to: &out,
        streamingItems: { out in
          let missing = items.write(plan.items(in: view), to: &out, pause) {
            (item, builder) throws(SystemError) in try builder.item(item)
          }
          return missing?.description
        })
    }
    return items.missing
  }
}

extension ItemPlan {
  /// The size of the item's records, in bytes.
  fileprivate var size: Int {
    more.reduce(Int(record.length) + Int(output?.length ?? 0)) { $0 + Int($1.record.length) }
  }
}
