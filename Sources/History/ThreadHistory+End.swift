import JSON
import Protocol
package import Rollouts
package import System

/// What is wanted of a thread's last turns.
package struct EndRequest: Sendable {
  /// How many turns may be enough; 0 where only the summary is wanted.
  package var turns: Int
  /// A place in the chain's text, in bytes, that they should begin before; nil for its end. A hint
  /// that may be wrong.
  package var offset: Int?
  /// How much of the end is looked at first, in bytes: as much as a list does (ROLLOUTS.md 7).
  package var size = 1 << 20
  /// How much of it may be looked at.
  package var limit = Int.max

  package init(turns: Int, before offset: Int? = nil) {
    self.turns = turns
    self.offset = offset
  }
}

extension ThreadHistory {
  /// Reads the last turns of a thread, and what it says of itself from its beginning and its end: the
  /// same that the whole of it says, but for changes of name and place in Git that are further from
  /// both than a list looks for them (ROLLOUTS.md 7).
  ///
  /// - Parameters:
  ///   - id: The thread's, as its files were found by it.
  ///   - isEnough: Whether these last turns are all that is needed.
  /// - Returns: Nil where only the whole thread tells, or more of it than may be looked at: what is
  ///   wanted is not in the end, or messages are rebuilt throughout, or the turns hang on records
  ///   further back.
  /// - Throws: When a file cannot be read.
  package init?(
    endOf chain: RolloutChain, id: UUID?, _ request: EndRequest,
    isEnough: (HistoryPlan) throws(SystemError) -> Bool
  ) throws(SystemError) {
    guard let beginning = try ThreadReader(beginningOf: chain, id: id, upTo: request.limit) else {
      return nil
    }
    var scanner = EndScanner(chain, behind: beginning, before: request.offset)
    var size = request.size
    var count = request.turns
    var planned = 0
    while scanner.distance + size <= request.limit {
      try scanner.scan(size)
      if scanner.hasFoundSettings {
        summary = try scanner.summary()
        plan = ThreadReader(ofEndAfter: beginning).plan()
        plan.isWhole = false
        if count == 0 { return }
        while let start = scanner.beginning(count) {
          planned += chain.size - start
          if planned > chain.size { return nil }
          var reader = ThreadReader(ofEndAfter: beginning)
          try chain.read(inText: start..<chain.size, &reader)
          plan = reader.plan()
          plan.isWhole = false
          if !reader.planner.needsEarlierRecords, try isEnough(plan) { return }
          count *= 2
        }
      }
      if scanner.hasSeenAll { return nil }
      size *= 2
    }
    return nil
  }
}

extension ThreadReader {
  /// Reads the beginning of a thread, until it is known what it is shown as, and the headers of the
  /// files that follow.
  ///
  /// - Returns: Nil where that would take a look at more.
  fileprivate init?(
    beginningOf chain: RolloutChain, id: UUID?, upTo limit: Int
  ) throws(SystemError) {
    self.init(of: chain, id: id)
    stopsWithPreview = true
    for (index, link) in chain.links.enumerated() {
      let end = min(link.end, limit, ThreadSummary.headLimit)
      if isPreviewFinal {
        guard try facts.readHeader(of: chain, index, upTo: end) != nil else { return nil }
      } else {
        try chain.read(index, in: 0..<end, &self)
        if !isPreviewFinal, end < link.end { return nil }
      }
    }
    guard isPreviewFinal, facts.summary.meta.cwd ?? facts.summary.recorded.firstContextCwd != nil
    else { return nil }
  }

  private var isPreviewFinal: Bool { hasPreview && !planner.isRebuilding }
}

/// Looks for where turns begin in the end of a thread, and for what the end says of the thread.
private struct EndScanner {
  private let chain: RolloutChain
  private let beginning: ThreadReader
  /// Before which place in the text turns are looked for.
  private let end: Int
  private var start: Int
  private var facts: SummaryReader
  private var turns: [RecordLocation] = []
  /// Whether the newest settings are among what was seen, and when the conversation last went on.
  private(set) var hasFoundSettings = false

  /// - Parameter offset: Nil for the end of the text.
  init(_ chain: RolloutChain, behind beginning: ThreadReader, before offset: Int?) {
    self.chain = chain
    self.beginning = beginning
    end = offset.map { min(max($0, 0), chain.size) } ?? chain.size
    start = end
    facts = beginning.facts
  }

  /// How far the place is from the end.
  var distance: Int { chain.size - end }
  var hasSeenAll: Bool { start == 0 }

  /// Looks at so many bytes before the place, and before the end.
  mutating func scan(_ size: Int) throws(SystemError) {
    start = max(0, end - size)
    if end < chain.size {
      var visitor = Visitor(behind: beginning)
      try chain.read(inText: start..<end, isCut: true, &visitor)
      turns = visitor.turns
    }
    guard end == chain.size || !hasFoundSettings else { return }
    var visitor = Visitor(behind: beginning)
    let first = max(0, chain.size - size)
    try chain.read(inText: first..<chain.size, isCut: true, &visitor)
    facts = visitor.facts
    if end == chain.size { turns = visitor.turns }
    hasFoundSettings = first == 0
    if !hasFoundSettings { hasFoundSettings = try areSettingsComplete(from: first) }
  }

  /// Where the last turns before the place begin, so many of them; nil where that was not seen, or
  /// where messages are still rebuilt.
  func beginning(_ count: Int) -> Int? {
    guard count <= turns.count, let first = beginning.firstMessageEvent else { return nil }
    let offset = chain.offset(of: turns[turns.count - count])
    return offset > chain.offset(of: first) ? offset : nil
  }

  func summary() throws(SystemError) -> ThreadSummary {
    let preview = beginning.planner.preview.text
    return try facts.finished(preview: preview, hasUserMessage: true, files: chain.files)
  }

  /// Only `turn_context` stands in every turn; where it says otherwise than the beginning did, there
  /// is a `thread_settings_applied` between.
  private func areSettingsComplete(from start: Int) throws(SystemError) -> Bool {
    guard stands(facts.lastConversation, behind: start) else { return false }
    if stands(facts.lastApplied, behind: start) { return true }
    guard let context = facts.lastContext, stands(context, behind: start) else { return false }
    let knowsSettings = beginning.facts.lastApplied != nil
    let recorded = beginning.facts.summary.recorded
    return try RecordWindow.read(context, of: chain.files) { context in
      // Files of versions that did not record settings otherwise do not have it (ROLLOUTS.md 4.3).
      context.payload["permission_profile"] == nil
        || knowsSettings && recorded.agrees(with: context.payload)
    } ?? false
  }

  private func stands(_ record: RecordLocation?, behind start: Int) -> Bool {
    record.map { chain.offset(of: $0) >= start } ?? false
  }

  private struct Visitor: RecordVisitor {
    var facts: SummaryReader
    /// The records that surely begin turns: those that start one explicitly and, in threads from
    /// before there were such, the messages of users.
    var turns: [RecordLocation] = []
    private let recordsTurns: Bool
    private let acceptsUnknownTurnIDs: Bool
    private var isSteerable = true
    /// Whether no turn seems to be open, and whether an event was seen since: in some files it may be
    /// of the turn that begins next.
    private var isBetweenTurns = true
    private var hasSeenEvent = true

    init(behind beginning: ThreadReader) {
      facts = beginning.facts
      recordsTurns = beginning.planner.recordsTurns
      acceptsUnknownTurnIDs = beginning.planner.generation.acceptsUnknownTurnIDs
    }

    func wants(_ kind: RecordKind, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
      facts.wants(kind, text)
    }

    mutating func visit(_ record: Record) {
      facts.visit(record)
      if !recordsTurns, record.kind == .turnContext {
        isSteerable = record.payload["turn_id"] != nil
      }
      note(record.kind, at: record.location)
    }

    mutating func visitUnwanted(_ kind: RecordKind, at location: RecordLocation) {
      facts.visitUnwanted(kind, at: location)
      note(kind, at: location)
    }

    private mutating func note(_ kind: RecordKind, at location: RecordLocation) {
      switch kind {
      case .event(.taskStarted):
        if !(acceptsUnknownTurnIDs && isBetweenTurns && hasSeenEvent) { turns.append(location) }
        isSteerable = true
        isBetweenTurns = false
      case .event(.taskComplete):
        isBetweenTurns = true
        hasSeenEvent = false
      case .event(.userMessage) where !isSteerable: turns.append(location)
      case .event where kind.isConversation: hasSeenEvent = true
      default: break
      }
    }
  }
}
