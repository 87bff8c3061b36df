package import JSON

/// The id of a request, by which the client assigns the answer to it.
package enum RequestID: Hashable, Sendable {
  /// An integer. The type holds all signed and unsigned 64-bit numbers.
  case integer(Int128)
  /// A text.
  case string(String)

  /// Reads an id; nil if the value is neither an integer nor a string.
  package init?(_ json: JSONValue?) {
    if let integer = json?.integer(as: Int128.self) {
      self = .integer(integer)
    } else if let string = json?.asString {
      self = .string(string)
    } else {
      return nil
    }
  }

  /// Writes the id as JSON.
  package func write(to out: inout JSONWriter) {
    switch self {
    case .integer(let value): out.integer(value)
    case .string(let value): out.string(value)
    }
  }
}
