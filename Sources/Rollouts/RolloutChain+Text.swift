package import Platform

// The files of a chain as one text, the oldest file first. Offsets in the text do not change while
// a thread grows.
extension RolloutChain {
  /// The size of the text in bytes.
  package var size: Int { links.reduce(0) { $0 + $1.end } }

  /// The offset of a record in the text, in bytes.
  package func offset(of location: RecordLocation) -> Int {
    links[..<Int(location.file)].reduce(location.offset) { $0 + $1.end }
  }

  /// Visits the records in a part of the text.
  ///
  /// - Parameter isCut: Whether the part may begin within a line, whose rest is then skipped.
  package func read(
    inText range: Range<Int>, isCut: Bool = false, _ visitor: inout some RecordVisitor
  ) throws(SystemError) {
    var start = range.lowerBound
    var end = range.upperBound
    for (index, link) in links.enumerated() {
      if start < link.end, end > 0 {
        try read(
          index, in: max(start, 0)..<min(end, link.end), isCut: isCut && start > 0, &visitor)
      }
      start -= link.end
      end -= link.end
    }
  }
}
