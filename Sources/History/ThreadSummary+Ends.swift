package import Platform
import Protocol
package import Rollouts

extension ThreadSummary {
  /// The number of bytes of a file in which its first message is searched for (ROLLOUTS.md 7).
  static let headLimit = 16 << 20
  /// The number of bytes at the end of a file that are read at least.
  private static let tailSize = 1 << 20

  /// Reads what lists show of a thread: the beginning of each file, until the preview is known, and
  /// its end, but not what is between them.
  ///
  /// - Parameters:
  ///   - id: The id by which the files were found.
  ///   - first: The index of the first file that is read even if the preview is known.
  /// - Throws: The error of the file that cannot be read.
  package init(
    endsOf chain: RolloutChain, id: UUID?, firstOfInterest first: Int = 0
  ) throws(SystemError) {
    var reader = ThreadReader(of: chain, id: id)
    var isPreviewFar = try Self.readEnds(of: chain, from: first, &reader)
    if reader.hasOnlyParentsRecords {
      reader = ThreadReader(of: chain, id: id, withParents: true)
      isPreviewFar = try Self.readEnds(of: chain, from: first, &reader)
    }
    self = try reader.summary(of: chain)
    if isPreviewFar { preview = "" }
    recorded.forgetTexts()
  }

  /// Reads the beginnings and the ends of the files, as long as the preview is not known, and of those
  /// from `first` on.
  ///
  /// - Returns: Whether the first message is too far from the beginning to be shown.
  private static func readEnds(
    of chain: RolloutChain, from first: Int, _ reader: inout ThreadReader
  ) throws(SystemError) -> Bool {
    var isPreviewFar = false
    for (index, link) in chain.links.enumerated() {
      if index < first, reader.isPreviewFinal { continue }
      reader.stopsWithPreview = true
      let limit = min(link.end, Self.headLimit)
      let start =
        reader.isDone
        ? try reader.facts.readHeader(of: chain, index, upTo: limit) ?? limit
        : try chain.read(index, in: 0..<limit, &reader)
      reader.stopsWithPreview = false
      if reader.hasPreview {
        try Self.readEnd(of: chain, index, after: start, &reader.facts)
      } else {
        try Self.readEnd(of: chain, index, after: start, &reader)
        isPreviewFar = reader.hasPreview
      }
    }
    return isPreviewFar
  }

  /// Reads the last MiB of a file, or more until a record of the conversation is found.
  private static func readEnd(
    of chain: RolloutChain, _ index: Int, after start: Int, _ reader: inout some SummaryVisitor
  ) throws(SystemError) {
    let end = chain.links[index].end
    let before = reader.lastConversation
    var size = tailSize
    while start < end {
      let from = max(start, end - size)
      try chain.read(index, in: from..<end, isCut: from > start, &reader)
      if from == start || reader.lastConversation != before { return }
      size *= 4
    }
  }
}

extension SummaryReader {
  /// Reads the header of a file, however long it is, and the settings behind it.
  ///
  /// - Returns: The offset at which reading ended; nil if the header goes on behind `limit`.
  mutating func readHeader(
    of chain: RolloutChain, _ index: Int, upTo limit: Int
  ) throws(SystemError) -> Int? {
    var visitor = HeaderVisitor(facts: self)
    let end = try chain.read(index, in: 0..<limit, &visitor)
    self = visitor.facts
    return visitor.isDone || limit == chain.links[index].end ? end : nil
  }
}

private struct HeaderVisitor: RecordVisitor {
  var facts: SummaryReader
  private(set) var isDone = false
  private var end: Int?

  /// The distance behind the header within which settings are searched for, in bytes.
  private static let distance = 256 << 10

  init(facts: SummaryReader) { self.facts = facts }

  func wants(_ kind: RecordKind, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    facts.wants(kind, text)
  }

  mutating func visit(_ record: Record) {
    facts.visit(record)
    note(record.location)
  }

  mutating func visitUnwanted(_ kind: RecordKind, at location: RecordLocation) {
    facts.visitUnwanted(kind, at: location)
    note(location)
  }

  private mutating func note(_ location: RecordLocation) {
    let end = end ?? location.offset + Int(location.length) + Self.distance
    self.end = end
    isDone = location.offset >= end
  }
}
