import JSON
import Protocol
package import Rollouts
package import System

/// What the files of a thread say of it, and its turns as a plan.
///
/// What the summary tells can be asked for as if it stood here.
@dynamicMemberLookup
package struct ThreadHistory: Sendable {
  package var summary = ThreadSummary()
  package var plan = HistoryPlan()

  package subscript<Value>(dynamicMember member: KeyPath<ThreadSummary, Value>) -> Value {
    summary[keyPath: member]
  }
}

extension ThreadHistory {
  /// Reads a thread from its files, once, from the beginning to the end.
  ///
  /// - Parameter id: The thread's, as its files were found by it.
  /// - Throws: When a file cannot be read.
  package init(_ chain: RolloutChain, id: UUID?) throws(SystemError) {
    var reader = ThreadReader(of: chain, id: id)
    try chain.read(&reader)
    if reader.hasOnlyParentsRecords {
      reader = ThreadReader(of: chain, id: id, withParents: true)
      try chain.read(&reader)
    }
    summary = try reader.summary(of: chain)
    plan = reader.plan()
  }
}

extension ThreadHistory {
  /// About how much memory it takes, in bytes: the turns and items, and the texts that can be long.
  package var memorySize: Int {
    plan.turns.reduce(MemoryLayout<Self>.size + summary.preview.utf8.count) { size, turn in
      let error = turn.error.map { $0.message.utf8.count + ($0.additionalDetails?.utf8.count ?? 0) }
      return turn.items.reduce(size + MemoryLayout<TurnPlan>.stride + (error ?? 0)) { size, item in
        size + MemoryLayout<ItemPlan>.stride
          + item.more.count * MemoryLayout<ItemPlan.Continuation>.stride
      }
    }
  }
}

/// Takes from each record what it says of the thread, and hands it to the planner of the turns.
struct ThreadReader: SummaryVisitor {
  var facts: SummaryReader
  /// Whether to be done as soon as it is known what the thread is shown as, and its model.
  var stopsWithPreview = false
  private(set) var planner: TurnPlanner
  /// The first event of a message, from which on no message is rebuilt.
  private(set) var firstMessageEvent: RecordLocation?
  private(set) var damage: [Damage] = []
  private(set) var damageCount = 0

  /// The header of the thread, which was read when its files were opened.
  private let header: SessionMeta?
  private let headerFile: Int
  /// The ordinal of the thread's first own record, as long as only records of its parent were seen: a
  /// sub-agent may begin with a copy of its parent's conversation (HISTORY.md 1).
  private var ownStart: Int64?
  private let mayBeginWithParents: Bool

  /// - Parameter withParents: Whether what is copied from a parent counts as the thread's own.
  init(of chain: RolloutChain, id: UUID?, withParents: Bool = false) {
    ownStart = withParents ? nil : chain.ownStartOrdinal
    mayBeginWithParents = ownStart != nil
    facts = SummaryReader(meta: chain.meta, id: id)
    planner = TurnPlanner(chain.meta)
    header = chain.meta
    headerFile = chain.links.count - 1
  }

  /// A reader of the same thread's last turns (see `TurnPlanner.init(ofEndAfter:)`).
  init(ofEndAfter beginning: ThreadReader) {
    self = beginning
    stopsWithPreview = false
    planner = TurnPlanner(ofEndAfter: beginning.planner)
  }

  var lastConversation: RecordLocation? { facts.lastConversation }
  var hasPreview: Bool { !planner.preview.text.isEmpty }

  /// Whether the thread would be empty without what is copied from its parent: files that the original
  /// converted say so of all their records.
  var hasOnlyParentsRecords: Bool {
    mayBeginWithParents && planner.turns.isEmpty
  }

  var isDone: Bool {
    guard stopsWithPreview, !planner.isRebuilding, let source = planner.preview.source else {
      return false
    }
    let read = (facts.lastConversation?.offset ?? 0) - source.offset
    return facts.summary.recorded.model != nil || read > Self.modelDistance
  }

  /// How far behind the first message the model is looked for, in bytes.
  private static let modelDistance = 1 << 20

  /// What the records come to that were read.
  func plan() -> HistoryPlan {
    var plan = planner.finished()
    if facts.summary.meta.cwd == nil, let cwd = facts.summary.recorded.firstContextCwd {
      plan.directories[0] = cwd
    }
    plan.damage = damage
    plan.damageCount = damageCount
    return plan
  }

  func summary(of chain: RolloutChain) throws(SystemError) -> ThreadSummary {
    let preview = planner.preview.text
    return try facts.finished(
      preview: preview, hasUserMessage: !preview.isEmpty, files: chain.files)
  }

  func wants(_ kind: RecordKind, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    switch kind {
    case .sessionMeta, .turnContext, .event, .responseItem(.functionCall),
      .responseItem(.functionCallOutput), .responseItem(.customToolCall),
      .responseItem(.customToolCallOutput), .responseItem(.localShellCall),
      .responseItem(.webSearchCall), .responseItem(.imageGenerationCall):
      true
    case .responseItem(.message): planner.isRebuilding || text.contains("<hook_prompt")
    case .responseItem(.reasoning): planner.isRebuilding
    case .compacted: planner.takesCompaction
    case .responseItem(.other), .unknown: false
    }
  }

  mutating func visitUnparsed(
    _ kind: RecordKind, _ payload: JSONMembers, at location: RecordLocation
  ) -> Bool {
    if kind == .sessionMeta { return visitUnparsedHeader(at: location) }
    guard ownStart == nil, planner.visitUnparsed(kind, payload, at: location) else { return false }
    facts.visitUnwanted(kind, at: location)
    return true
  }

  private mutating func visitUnparsedHeader(at location: RecordLocation) -> Bool {
    guard let header, location.offset == header.offset, Int(location.file) == headerFile else {
      return false
    }
    facts.note(header, at: location)
    planner.note(ordinal: header.ordinal)
    return true
  }

  func mayOmitImages(_ record: Record) -> Bool { ItemKinds.mayOmitImages(record) }

  mutating func visit(_ record: Record) {
    facts.visit(record)
    if let start = ownStart {
      guard let ordinal = record.ordinal, ordinal >= start else {
        return planner.skipParentRecord(record)
      }
      ownStart = nil
    }
    let wasRebuilding = planner.isRebuilding
    planner.add(record)
    if wasRebuilding, !planner.isRebuilding { firstMessageEvent = record.location }
  }

  mutating func visitUnwanted(_ kind: RecordKind, at location: RecordLocation) {
    facts.visitUnwanted(kind, at: location)
  }

  mutating func skip(_ damage: Damage) {
    damageCount += 1
    if self.damage.count < HistoryPlan.damageLimit { self.damage.append(damage) }
  }
}
