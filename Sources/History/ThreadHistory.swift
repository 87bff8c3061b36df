import JSON
package import Platform
import Protocol
package import Rollouts

/// What the files of a thread hold: a summary of the thread and the plan of its turns.
///
/// Members of the summary can be read as members of the history.
@dynamicMemberLookup
package struct ThreadHistory: Sendable {
  /// The thread apart from its turns.
  package var summary = ThreadSummary()
  /// The plan of the thread's turns.
  package var plan = HistoryPlan()

  /// The member of the summary with this name.
  package subscript<Value>(dynamicMember member: KeyPath<ThreadSummary, Value>) -> Value {
    summary[keyPath: member]
  }
}

extension ThreadHistory {
  /// Reads all files of a thread once, from the beginning to the end.
  ///
  /// - Parameter id: The id by which the files were found.
  /// - Throws: The error of the file that cannot be read.
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
  /// About how much memory the history takes, in bytes: its turns and items, and the texts that can
  /// be long.
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

/// Reads the records of a thread into a summary and a plan of the turns.
struct ThreadReader: SummaryVisitor {
  /// What the records report of the thread apart from its turns.
  var facts: SummaryReader
  /// Whether reading ends as soon as the preview and the model of the thread are known.
  var stopsWithPreview = false
  /// The plan of the turns so far.
  private(set) var planner: TurnPlanner
  /// The event or completed item that ended the rebuilding of messages; nil while messages are
  /// rebuilt.
  private(set) var firstMessageEvent: RecordLocation?
  /// The first damaged parts of the files, `HistoryPlan.damageLimit` at most.
  private(set) var damage: [Damage] = []
  /// The number of all damaged parts of the files.
  private(set) var damageCount = 0
  /// The first oddity of each kind.
  private(set) var oddities: [Oddity] = []

  /// The header of the thread, which was read when its files were opened.
  private let header: SessionMeta?
  /// The index of the file that begins with the header.
  private let headerFile: Int
  /// The ordinal of the thread's first own record, until that record is seen; nil in other threads.
  /// A sub-agent's file may begin with a copy of its parent's conversation (HISTORY.md 1).
  private var ownStart: Int64?
  /// Whether the thread says that it begins with records of its parent.
  private let mayBeginWithParents: Bool

  /// - Parameter withParents: Whether records that were copied from a parent count as the thread's
  ///   own.
  init(of chain: RolloutChain, id: UUID?, withParents: Bool = false) {
    ownStart = withParents ? nil : chain.ownStartOrdinal
    mayBeginWithParents = ownStart != nil
    facts = SummaryReader(meta: chain.meta, id: id)
    planner = TurnPlanner(chain.meta)
    header = chain.meta
    headerFile = chain.links.count - 1
  }

  /// Creates a reader of a thread's last turns (see `TurnPlanner.init(ofEndAfter:)`).
  ///
  /// - Parameter beginning: A reader that was given the beginning of the thread.
  init(ofEndAfter beginning: ThreadReader) {
    self = beginning
    stopsWithPreview = false
    planner = TurnPlanner(ofEndAfter: beginning.planner)
  }

  var lastConversation: RecordLocation? { facts.lastConversation }
  /// Whether a message for the preview was found.
  var hasPreview: Bool { !planner.preview.text.isEmpty }

  /// Whether the preview is known and no later record changes it.
  var isPreviewFinal: Bool { hasPreview && !planner.isRebuilding }

  /// Whether the thread has no turns apart from its parent's: files that the original converted
  /// count all records as the parent's.
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

  /// The distance behind the first message within which the model is searched for, in bytes.
  private static let modelDistance = 1 << 20

  /// The plan of the turns in the records so far.
  func plan() -> HistoryPlan {
    var plan = planner.finished()
    if facts.summary.meta.cwd == nil, let cwd = facts.summary.recorded.firstContextCwd {
      plan.directories[0] = cwd
    }
    plan.damage = damage
    plan.damageCount = damageCount
    plan.oddities = oddities
    return plan
  }

  /// The summary of the records so far.
  ///
  /// - Throws: The error of the file that cannot be read.
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

  /// Uses the header that is known already, instead of parsing its record.
  private mutating func visitUnparsedHeader(at location: RecordLocation) -> Bool {
    guard let header, location.offset == header.offset, Int(location.file) == headerFile else {
      return false
    }
    facts.note(header, at: location)
    planner.note(ordinal: header.ordinal)
    noteOrdinal(at: location)
    return true
  }

  mutating func visit(_ record: Record) {
    facts.visit(record)
    if let start = ownStart {
      guard let ordinal = record.ordinal, ordinal >= start else {
        planner.skipParentRecord(record)
        return noteOrdinal(at: record.location)
      }
      ownStart = nil
    }
    let wasRebuilding = planner.isRebuilding
    planner.add(record)
    noteOrdinal(at: record.location)
    if wasRebuilding, !planner.isRebuilding { firstMessageEvent = record.location }
  }

  mutating func visitUnwanted(_ kind: RecordKind, at location: RecordLocation) {
    facts.visitUnwanted(kind, at: location)
  }

  /// Notes that the ordinal of the record that was planned last is not greater than all before it.
  private mutating func noteOrdinal(at location: RecordLocation) {
    guard planner.hasUntrustedOrdinal else { return }
    note(Oddity(kind: .ordinal, file: Int(location.file), offset: location.offset))
  }

  private mutating func note(_ oddity: Oddity) {
    if !oddities.contains(where: { $0.kind == oddity.kind }) { oddities.append(oddity) }
  }

  mutating func skip(_ damage: Damage) {
    guard damage.costsRecord else {
      return note(Oddity(kind: .padding, file: damage.file, offset: damage.offset))
    }
    damageCount += 1
    if self.damage.count < HistoryPlan.damageLimit { self.damage.append(damage) }
  }
}
