import JSON
import Protocol
package import Rollouts
package import System

/// What is wanted of a thread's last turns.
package struct EndRequest: Sendable {
  /// How many turns may be enough; 0 where only the summary is wanted.
  package var turns: Int
  /// Where a turn begins, in bytes of the chain's text, that should be among them; a hint that may be
  /// wrong.
  package var offset: Int?
  /// How much of the end is looked at first, in bytes: as much as a list does (ROLLOUTS.md 7).
  package var size = 1 << 20
  /// How much of it may be looked at.
  package var limit = Int.max

  package init(turns: Int, from offset: Int? = nil) {
    self.turns = turns
    self.offset = offset
  }
}

extension StoredThread {
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
    var scout = EndScout(chain, behind: beginning)
    var size = max(request.size, request.offset.map { chain.size - $0 + EndScout.margin } ?? 0)
    var count = request.turns
    while size <= request.limit {
      try scout.look(at: size)
      if try scout.hasFoundSettings() {
        let preview = beginning.planner.preview.text
        summary = try scout.facts.finished(
          preview: preview, hasUserMessage: true, files: chain.files)
        plan = ThreadReader(ofEndAfter: beginning).plan()
        plan.isWhole = false
        if count == 0 { return }
        count = max(count, scout.count(from: request.offset) + request.turns)
        while let start = scout.beginning(count) {
          var reader = ThreadReader(ofEndAfter: beginning)
          try chain.read(from: start, &reader)
          plan = reader.plan()
          plan.isWhole = false
          if !reader.planner.missesPast, try isEnough(plan) { return }
          count *= 2
        }
      }
      if scout.hasSeenAll { return nil }
      size *= 4
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
    self.init(meta: chain.meta, id: id)
    stopsWithPreview = true
    for (index, link) in chain.links.enumerated() {
      if isPreviewFinal {
        try chain.read(index, in: 0..<min(link.end, Self.headerSize), &facts)
      } else {
        let end = min(link.end, limit, ThreadSummary.headLimit)
        try chain.read(index, in: 0..<end, &self)
        if !isPreviewFinal, end < link.end { return nil }
      }
    }
    guard isPreviewFinal, facts.summary.meta.cwd ?? facts.summary.recorded.firstContextCwd != nil
    else { return nil }
  }

  /// How much of a file is searched for its header and the settings behind it, in bytes.
  private static let headerSize = 256 << 10

  private var isPreviewFinal: Bool { hasPreview && !planner.isRebuilding }
}

/// Looks for where turns begin in the end of a thread, and for what it says of the thread.
private struct EndScout {
  /// How much before the place that a hint names.
  static let margin = 256 << 10

  private let chain: RolloutChain
  private let beginning: ThreadReader
  private var visitor: Visitor
  private var start = 0

  init(_ chain: RolloutChain, behind beginning: ThreadReader) {
    self.chain = chain
    self.beginning = beginning
    visitor = Visitor(behind: beginning)
  }

  var facts: SummaryReader { visitor.facts }
  var hasSeenAll: Bool { start == 0 }

  mutating func look(at size: Int) throws(SystemError) {
    visitor = Visitor(behind: beginning)
    start = max(0, chain.size - size)
    try chain.read(from: start, isCut: true, &visitor)
  }

  /// How many turns begin at a place or behind it.
  func count(from offset: Int?) -> Int {
    guard let offset else { return 0 }
    return visitor.turns.reversed().prefix { chain.offset(of: $0) >= offset }.count
  }

  /// Where the last turns begin, so many of them; nil where that was not seen, or where messages are
  /// still rebuilt.
  func beginning(_ count: Int) -> Int? {
    guard count <= visitor.turns.count, let first = beginning.firstMessageEvent else { return nil }
    let offset = chain.offset(of: visitor.turns[visitor.turns.count - count])
    return offset > chain.offset(of: first) ? offset : nil
  }

  /// Whether the newest settings are among what was seen, and when the conversation last went on.
  ///
  /// Only `turn_context` stands in every turn; where it says otherwise than the beginning did, there
  /// is a `thread_settings_applied` between.
  func hasFoundSettings() throws(SystemError) -> Bool {
    if hasSeenAll { return true }
    let before = beginning.facts
    guard facts.lastConversation != before.lastConversation else { return false }
    if facts.lastApplied != before.lastApplied { return true }
    guard let context = facts.lastContext, context != before.lastContext else { return false }
    let recorded = before.summary.recorded
    return try RecordWindow.read(context, of: chain.files) { context in
      // Files of versions that did not record settings otherwise do not have it (ROLLOUTS.md 4.3).
      context.payload["permission_profile"] == nil
        || context.payload.string("model") == recorded.model
          && context.payload.string("cwd") == recorded.cwd ?? recorded.metaCwd
    } ?? false
  }

  private struct Visitor: RecordVisitor {
    var facts: SummaryReader
    /// The records that surely begin turns: those that start one explicitly and, in threads from
    /// before there were such, the messages of users.
    var turns: [RecordLocation] = []
    private let predatesTurns: Bool
    private var isSteerable = true

    init(behind beginning: ThreadReader) {
      facts = beginning.facts
      predatesTurns = beginning.planner.predatesTurns
    }

    func wants(_ kind: RecordKind, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
      facts.wants(kind, text)
    }

    mutating func visit(_ record: Record) {
      facts.visit(record)
      if predatesTurns, record.kind == .turnContext {
        isSteerable = record.payload["turn_id"] != nil
      }
      note(record.kind, at: record.location)
    }

    mutating func pass(_ kind: RecordKind, at location: RecordLocation) {
      facts.pass(kind, at: location)
      note(kind, at: location)
    }

    private mutating func note(_ kind: RecordKind, at location: RecordLocation) {
      switch kind {
      case .event(.taskStarted):
        turns.append(location)
        isSteerable = true
      case .event(.userMessage) where !isSteerable: turns.append(location)
      default: break
      }
    }
  }
}
