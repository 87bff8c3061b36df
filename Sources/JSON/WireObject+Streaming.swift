extension WireObject {
  /// Writes the object with the value that `value` appends in place of that of one member.
  ///
  /// It serves values that are too large for memory: `value` may send and remove what the writer
  /// holds.
  ///
  /// - Parameter member: A member that `fields` visits.
  @inlinable public func write(
    to out: inout JSONWriter, streaming member: StaticString,
    _ value: (inout JSONWriter) -> Void
  ) {
    write(to: &out, streaming: [member]) { _, out in value(&out) }
  }

  /// Writes the object with the values that `value` appends in place of those of some members.
  ///
  /// - Parameter value: Called for each of these members in the order of `fields`, with its index
  ///   in `members`.
  @inlinable public func write(
    to out: inout JSONWriter, streaming members: [StaticString],
    _ value: (Int, inout JSONWriter) -> Void
  ) {
    var copy = self
    var writer = GapWriter(fields: FieldWriter(out: JSONWriter(), isFirst: true), members: members)
    do { try copy.fields(&writer) } catch { preconditionFailure("writing cannot fail: \(error)") }
    precondition(writer.gaps.count == members.count, "no such member: one of \(members)")
    let text = writer.fields.out.bytes
    var written = 0
    out.byte(UInt8(ascii: "{"))
    for gap in writer.gaps {
      out.raw(text[written..<gap.position])
      value(gap.member, &out)
      written = gap.position
    }
    out.raw(text[written...])
    out.byte(UInt8(ascii: "}"))
  }
}

/// Writes the fields without the values of some of them.
@usableFromInline struct GapWriter: FieldVisitor {
  @usableFromInline var fields: FieldWriter
  @usableFromInline let members: [StaticString]
  /// The places of the missing values, as offsets in the text.
  @usableFromInline var gaps: [(member: Int, position: Int)] = []

  @inlinable init(fields: FieldWriter, members: [StaticString]) {
    self.fields = fields
    self.members = members
  }

  @inlinable mutating func visit<T: WireValue>(
    _ key: StaticString, _ value: inout T, _ rule: FieldRule
  ) throws(JSONError) {
    guard let member = members.firstIndex(where: { key.isSame(as: $0) }) else {
      return try fields.visit(key, &value, rule)
    }
    fields.out.key(key, isFirst: &fields.isFirst)
    gaps.append((member, fields.out.bytes.count))
  }
}

extension StaticString {
  @usableFromInline func isSame(as other: StaticString) -> Bool {
    UnsafeBufferPointer(start: utf8Start, count: utf8CodeUnitCount).equals(other)
  }
}
