/// Passes on only the records before an ordinal.
struct OrdinalLimit<Visitor: RecordVisitor>: RecordVisitor {
  var visitor: Visitor
  let end: Int64

  /// True: each record has to be parsed, because ordinals may be out of order.
  func wants(_: RecordKind, _: UnsafeBufferPointer<UInt8>) -> Bool { true }

  mutating func visit(_ record: Record) {
    if let ordinal = record.ordinal, ordinal >= end { return }
    visitor.visit(record)
  }

  mutating func skip(_ damage: Damage) { visitor.skip(damage) }
  var isDone: Bool { visitor.isDone }
}
