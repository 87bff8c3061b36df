/// Writes an object member by member, for objects without a type of their own.
///
///     out.object { member in
///       member("type", "task_complete")
///       member("duration_ms", Int64(0))
///     }
public struct JSONObjectWriter {
  @usableFromInline var out: JSONWriter
  @usableFromInline var isFirst = true

  init(out: JSONWriter) { self.out = out }

  /// Adds a member.
  @inlinable public mutating func callAsFunction(_ name: StaticString, _ value: some WireValue) {
    out.key(name, isFirst: &isFirst)
    value.write(to: &out)
  }
}

extension JSONWriter {
  /// Appends an object with the members that `write` adds.
  public mutating func object(_ write: (inout JSONObjectWriter) -> Void) {
    byte(UInt8(ascii: "{"))
    var object = JSONObjectWriter(out: self)
    self = JSONWriter(capacity: 0)  // Leaves the buffer uniquely owned by `object`.
    write(&object)
    object.out.byte(UInt8(ascii: "}"))
    self = object.out
  }
}
