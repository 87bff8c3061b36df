extension WireObject {
  /// Writes this object, the value of one of its members being what `value` appends; what the
  /// member itself holds is not looked at.
  ///
  /// For values too large to be built: `value` may hand on and empty what is in the writer.
  ///
  /// - Parameter member: A member that `fields` visits.
  package func write<E: Error>(
    to out: inout JSONWriter, streaming member: StaticString,
    _ value: (inout JSONWriter) throws(E) -> Void
  ) throws(E) {
    var copy = self
    var writer = GapWriter(fields: FieldWriter(out: JSONWriter(), isFirst: true), member: member)
    do { try copy.fields(&writer) } catch { preconditionFailure("writing cannot fail: \(error)") }
    guard let gap = writer.gap else { preconditionFailure("no member \(member)") }
    let text = writer.fields.out.bytes
    out.byte(UInt8(ascii: "{"))
    out.raw(text[..<gap])
    try value(&out)
    out.raw(text[gap...])
    out.byte(UInt8(ascii: "}"))
  }
}

/// Writes the fields but for the value of one of them.
private struct GapWriter: FieldVisitor {
  var fields: FieldWriter
  let member: StaticString
  /// Where that value belongs.
  var gap: Int?

  mutating func visit<T: WireValue>(
    _ key: StaticString, _ value: inout T, _ rule: FieldRule
  ) throws(JSONError) {
    guard "\(key)" == "\(member)" else { return try fields.visit(key, &value, rule) }
    fields.out.key(key, isFirst: &fields.isFirst)
    gap = fields.out.bytes.count
  }
}
