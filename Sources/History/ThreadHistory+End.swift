import JSON
package import Platform
import Protocol
package import Rollouts

/// A request for the last turns of a thread.
package struct EndRequest: Sendable {
  /// The number of turns to read at first; 0 for the summary alone.
  package var turns: Int
  /// A hint, which may be wrong, for the place before which the turns begin: an offset in the
  /// chain's text, in bytes; nil for the end of the text.
  package var offset: Int?
  /// The length of the end that is scanned at first, in bytes: as much as a list reads (ROLLOUTS.md
  /// 7).
  package var size = 1 << 20
  /// The length of the end that may be scanned at most, in bytes.
  package var limit = Int.max

  /// Creates a request.
  ///
  /// - Parameters:
  ///   - turns: The number of turns to read at first; 0 for the summary alone.
  ///   - offset: A hint for the place before which the turns begin; nil for the end.
  package init(turns: Int, before offset: Int? = nil) {
    self.turns = turns
    self.offset = offset
  }
}

extension ThreadHistory {
  /// Reads the last turns of a thread, and its summary from its beginning and its end. The summary
  /// is that of the whole thread, except for changes of the name or of the place in Git that are
  /// further from both ends than a list reads (ROLLOUTS.md 7).
  ///
  /// - Parameters:
  ///   - id: The id by which the files were found.
  ///   - isEnough: Whether a plan of the last turns is all that is needed.
  /// - Returns: Nil where the whole thread has to be read, or more of it than `request` allows: the
  ///   turns are not in the end, messages are rebuilt throughout, or the turns depend on earlier
  ///   records.
  /// - Throws: The error of the file that cannot be read.
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
  /// Reads the beginning of a thread, until its preview is known, and the headers of the files that
  /// follow.
  ///
  /// - Returns: Nil where more than `limit` bytes would have to be read.
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
}

/// Scans the end of a thread for the places where turns begin, and for what is recorded of the
/// thread.
private struct EndScanner {
  private let chain: RolloutChain
  private let beginning: ThreadReader
  /// The offset in the text before which turns are searched for.
  private let end: Int
  /// The offset in the text from which it was scanned.
  private var start: Int
  /// What the scanned records report of the thread.
  private var facts: SummaryReader
  /// The records that begin the turns that were found.
  private var turns: [RecordLocation] = []
  /// Whether the newest settings of the thread, and the time of its last change, are among what was
  /// scanned.
  private(set) var hasFoundSettings = false

  /// - Parameter offset: The offset before which turns are searched for; nil for the end of the
  ///   text.
  init(_ chain: RolloutChain, behind beginning: ThreadReader, before offset: Int?) {
    self.chain = chain
    self.beginning = beginning
    end = offset.map { min(max($0, 0), chain.size) } ?? chain.size
    start = end
    facts = beginning.facts
  }

  /// The distance between `end` and the end of the text, in bytes.
  var distance: Int { chain.size - end }
  /// Whether the text was scanned from its beginning on.
  var hasSeenAll: Bool { start == 0 }

  /// Scans the last bytes before `end`, and the last bytes of the text.
  ///
  /// - Parameter size: The number of bytes in each place.
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

  /// The offset in the text at which a number of turns before `end` begins; nil where they were not
  /// found, or where messages are still rebuilt there.
  func beginning(_ count: Int) -> Int? {
    guard count <= turns.count, let first = beginning.firstMessageEvent else { return nil }
    let offset = chain.offset(of: turns[turns.count - count])
    return offset > chain.offset(of: first) ? offset : nil
  }

  /// The summary of the thread from its beginning and the scanned end.
  func summary() throws(SystemError) -> ThreadSummary {
    let preview = beginning.planner.preview.text
    return try facts.finished(preview: preview, hasUserMessage: true, files: chain.files)
  }

  /// Whether the settings in the scanned end are complete. Only `turn_context` is in every turn;
  /// where it differs from the beginning, a `thread_settings_applied` is between them.
  private func areSettingsComplete(from start: Int) throws(SystemError) -> Bool {
    guard isFound(facts.lastConversation, behind: start) else { return false }
    if isFound(facts.lastApplied, behind: start) { return true }
    guard let context = facts.lastContext, isFound(context, behind: start) else { return false }
    let knowsSettings = beginning.facts.lastApplied != nil
    let recorded = beginning.facts.summary.recorded
    return try RecordWindow.read(context, of: chain.files) { context in
      // Files of versions that did not record settings otherwise do not have it (ROLLOUTS.md 4.3).
      context.payload["permission_profile"] == nil
        || knowsSettings && recorded.agrees(with: context.payload)
    }
  }

  /// Whether a record was found behind an offset in the text.
  private func isFound(_ record: RecordLocation?, behind start: Int) -> Bool {
    record.map { chain.offset(of: $0) >= start } ?? false
  }

  private struct Visitor: RecordVisitor {
    var facts: SummaryReader
    /// The records that certainly begin turns: explicit beginnings and, in threads of versions
    /// without these, messages of the user.
    var turns: [RecordLocation] = []
    /// Whether the file records where turns begin.
    private let recordsTurns: Bool
    /// Whether items can precede the beginning of their turn.
    private let acceptsUnknownTurnIDs: Bool
    /// Whether a message of the user is added to an open explicit turn.
    private var isSteerable = true
    /// Whether no turn seems to be open.
    private var isBetweenTurns = true
    /// Whether an event was seen since the last end of a turn. It may belong to the next turn where
    /// items can precede the beginning of their turn.
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
