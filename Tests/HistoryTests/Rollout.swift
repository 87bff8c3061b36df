import History
import JSON
import Platform
import Protocol
import Rollouts
import TestSupport

/// A rollout of a test: its records, each on a line of its own unless told otherwise.
struct Rollout {
  var records: [[UInt8]]
  /// What stands before the first record.
  var beginning: [UInt8] = []
  /// What stands behind each record.
  var ending: [UInt8] = [UInt8(ascii: "\n")]

  init(_ records: [String]) { self.records = records.map { Array($0.utf8) } }

  /// The lines of a file.
  init(file text: String) {
    self.init(text.split(separator: "\n").map(String.init))
  }

  var bytes: [UInt8] { records.reduce(into: beginning) { $0 += $1 + ending } }

  /// Where each record begins.
  private var numbers: [Int: Int] {
    var offset = beginning.count
    var numbers: [Int: Int] = [:]
    for (number, record) in records.enumerated() {
      numbers[offset] = number
      offset += record.count + ending.count
    }
    return numbers
  }

  /// The turns in JSON, a line each, and a line for each of its items; members that are null are left
  /// out. Ids that are made of byte offsets are shown by the number of the record: `item@3`.
  func turns() throws -> [String] {
    let numbers = numbers
    return try StoredRollout(bytes).turns().map { line in
      line.replacing(/"id":"(rollout|item)-([0-9]+)/) { match in
        guard let offset = Int(match.output.2), let number = numbers[offset] else {
          return String(match.output.0)
        }
        return "\"id\":\"\(match.output.1)@\(number)"
      }
    }
  }
}

/// Bytes in a file of their own, and what there is to say of them as of a thread.
struct StoredRollout {
  let chain: RolloutChain
  let thread: ThreadHistory
  private let folder: TemporaryFolder

  static let id = "019c1000-0000-7000-8000-000000000001"

  init(_ bytes: [UInt8]) throws {
    folder = try TemporaryFolder()
    let path = try folder.write(bytes, to: "rollout.jsonl")
    chain = try RolloutChain(head: File(path, for: .reading)) { _ in nil }
    thread = try ThreadHistory(chain, id: UUID(Self.id))
  }

  func turns() throws -> [String] { try thread.turns(from: chain) }

  /// The turns, without their items, and the items, each in JSON as a client gets it.
  func wireTurns() throws -> [String] {
    let builder = ItemBuilder(chain.files, thread.plan, threadID: Self.id)
    return try thread.plan.turns.flatMap { turn in
      let items = try turn.items.filter { !$0.isHidden }.compactMap { try builder.item($0) }
      return [RawJSON(Turn(turn))] + items.map { RawJSON($0) }
    }.map { String(decoding: $0.bytes, as: UTF8.self) }
  }
}

extension ThreadHistory {
  /// The turns as lines of JSON (see `Rollout.turns`).
  func turns(from chain: RolloutChain) throws -> [String] {
    let builder = ItemBuilder(chain.files, plan, threadID: StoredRollout.id)
    return try plan.turns.flatMap { turn in
      let items = try turn.items.filter { !$0.isHidden }.compactMap { try builder.item($0) }
      return [json(Turn(turn))] + items.map { "  " + json($0) }
    }
  }
}

extension Turn {
  fileprivate init(_ plan: TurnPlan) {
    self.init()
    id = plan.id
    status = plan.status
    error = plan.error
    startedAt = plan.startedAt
    completedAt = plan.completedAt
    durationMs = plan.durationMs
    rootTurnID = plan.rootTurnID
  }
}

/// The value without the members that are null, and without those that say nothing here.
private func json(_ value: some WireValue) -> String {
  let text = String(decoding: RawJSON(value).bytes, as: UTF8.self)
  return text.replacing(#""items":[],"itemsView":"full","#, with: "")
    .replacing(/,"[A-Za-z]+":null/, with: "")
}
