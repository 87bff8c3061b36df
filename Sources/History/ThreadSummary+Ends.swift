package import Rollouts
package import System

extension ThreadSummary {
  /// How far into a thread its first message is looked for (ROLLOUTS.md 7).
  static let headLimit = 16 << 20
  /// How much of a file's end is read at least.
  private static let tailSize = 1 << 20

  /// Reads what a list shows of a thread: of each file the beginning, until the preview is known,
  /// and the end. Never what is between, however long the file.
  ///
  /// - Parameter id: The thread's, as its files were found by it.
  /// - Throws: When a file cannot be read.
  package init(endsOf chain: RolloutChain, id: UUID?) throws(SystemError) {
    var reader = ThreadReader(meta: chain.meta, id: id)
    var isPreviewFar = false
    for (index, link) in chain.links.enumerated() {
      reader.stopsWithPreview = true
      let start = try chain.read(index, in: 0..<min(link.end, Self.headLimit), &reader)
      reader.stopsWithPreview = false
      if reader.hasPreview {
        try Self.readEnd(of: chain, index, after: start, &reader.facts)
      } else {
        try Self.readEnd(of: chain, index, after: start, &reader)
        isPreviewFar = reader.hasPreview
      }
    }
    self = try reader.summary(of: chain)
    if isPreviewFar { preview = "" }
  }

  /// Reads the last MiB of a file, or as much more as it takes to find something of the
  /// conversation there.
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
