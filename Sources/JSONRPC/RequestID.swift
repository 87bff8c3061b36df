package import JSON

/// What ties an answer to its request; the client chooses it, and gets it back as it was.
package enum RequestID: Hashable, Sendable {
  /// Wide enough for what clients call a 64-bit number, signed or not.
  case integer(Int128)
  case string(String)

  /// Nil for what is no id: fractions and anything that is neither a number nor a string.
  package init?(_ json: JSONValue?) {
    if let integer = json?.integer(as: Int128.self) {
      self = .integer(integer)
    } else if let string = json?.asString {
      self = .string(string)
    } else {
      return nil
    }
  }

  package func write(to out: inout JSONWriter) {
    switch self {
    case .integer(let value): out.integer(value)
    case .string(let value): out.string(value)
    }
  }
}
