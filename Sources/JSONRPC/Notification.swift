package import JSON

/// Something that the client is told without having asked.
package struct Notification: Sendable {
  let method: String
  private let writeParams: @Sendable (inout JSONWriter) -> Void

  package init(_ method: String, _ params: some WireValue & Sendable) {
    self.method = method
    writeParams = { params.write(to: &$0) }
  }

  /// - Parameter time: When it goes out, in ms since 1970.
  func write(to out: inout JSONWriter, at time: Int64) {
    out.literal("{\"method\":")
    out.string(method)
    out.literal(",\"params\":")
    writeParams(&out)
    out.literal(",\"emittedAtMs\":")
    out.integer(time)
    out.byte(UInt8(ascii: "}"))
  }
}
