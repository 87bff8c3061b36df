import History
import JSON
import JSONRPC
import Library
import Platform

/// Writes arrays of items of a thread. Items that cannot be read any more are left out and noted:
/// the checks before the first byte of the answer cannot foresee them.
struct ItemArray {
  private let builder: ItemBuilder
  /// The items that were left out, or lack a part; nil if there are none.
  private(set) var missing: MissingItems?
  /// The failure of the system behind which nothing is read any more; nil if there was none.
  private var failure: SystemError?

  /// - Parameter earlier: What the answer lacks so far; nil if nothing.
  init(_ snapshot: ThreadSnapshot, behind earlier: MissingItems? = nil) {
    builder = ItemBuilder(snapshot, leavesGaps: true)
    failure = earlier.flatMap { $0.endsReading ? $0.reason : nil }
  }

  /// Writes items as an array.
  ///
  /// - Parameters:
  ///   - pause: Called between parts that are not large.
  ///   - make: Makes the item, or a value that holds it; nil if it is not shown.
  /// - Returns: What the array lacks; nil if nothing.
  mutating func write<Plan>(
    _ plans: some Sequence<Plan>, to out: inout JSONWriter, _ pause: (inout JSONWriter) -> Void,
    _ make: (Plan, ItemBuilder) throws(SystemError) -> (some WireValue)?
  ) -> MissingItems? {
    let before = missing
    missing = nil
    defer { missing = MissingItems(before, and: missing) }
    out.byte(UInt8(ascii: "["))
    var isFirst = true
    for plan in plans {
      if let failure {
        note(failure)
        continue
      }
      do throws(SystemError) {
        guard let item = try make(plan, builder) else { continue }
        if isFirst { isFirst = false } else { out.byte(UInt8(ascii: ",")) }
        try builder.write(item, to: &out, pause)
      } catch {
        note(error)
      }
    }
    out.byte(UInt8(ascii: "]"))
    return missing
  }

  private mutating func note(_ error: SystemError) {
    if missing == nil { missing = MissingItems(error) } else { missing?.add(1, error) }
    if missing?.endsReading == true { failure = error }
  }
}
