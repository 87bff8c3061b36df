/// What is wrong with a piece of JSON, in words a client can show.
///
/// The words for wrong types, missing members and unknown variants are those of the original
/// server (PROTOCOL.md 3), because clients match on them.
public struct JSONError: Error, Equatable, Sendable {
  /// What is wrong.
  public var message: String

  /// Creates an error with a message.
  public init(_ message: String) {
    self.message = message
  }

  /// The error of a document whose arrays and objects are nested deeper than the parser allows.
  public static let tooDeep = JSONError("recursion limit exceeded")

  /// A value of another type than the declaration says.
  public static func invalidType(_ found: JSONValue, expected: String) -> JSONError {
    JSONError("invalid type: \(found.errorDescription), expected \(expected)")
  }

  /// A required member that is not there.
  public static func missingField(_ name: String) -> JSONError {
    JSONError("missing field `\(name)`")
  }

  /// A string that is none of the names which a closed set knows.
  public static func unknownVariant(_ name: String, known: [String]) -> JSONError {
    let names = known.map { "`\($0)`" }
    let expected =
      switch names.count {
      case 1: names[0]
      case 2: names.joined(separator: " or ")
      default: "one of \(names.joined(separator: ", "))"
      }
    return JSONError("unknown variant `\(name)`, expected \(expected)")
  }
}

extension JSONValue {
  /// How an error names this value: its kind, and its text where that is short.
  var errorDescription: String {
    switch kind {
    case .null: "null"
    case .true, .false: "boolean `\(kind == .true)`"
    case .number where isInteger: "integer `\(rawString)`"
    case .number: "floating point `\(rawString)`"
    case .string: "string \(quotedForError)"
    case .array: "sequence"
    case .object: "map"
    }
  }

  /// The string with Rust's debug escapes, which are JSON's for what occurs in practice.
  private var quotedForError: String {
    var out = JSONWriter()
    out.string((try? string()) ?? "")
    return String(decoding: out.bytes, as: UTF8.self)
  }
}
