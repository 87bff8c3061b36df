/// An error in JSON, in words that a client can show.
///
/// The messages about wrong types, missing members and unknown variants are those of the original
/// server (PROTOCOL.md 3), since clients compare them.
public struct JSONError: Error, Equatable, Sendable {
  /// What is wrong.
  public var message: String
  /// Whether only a value is not allowed, as far as the document was read, so that the members of its
  /// root can be told apart all the same.
  public private(set) var isOfValue = false

  /// Creates an error with a message.
  public init(_ message: String) {
    self.message = message
  }

  /// Creates the error of a document in which only a value is not allowed.
  ///
  /// - Parameter message: What is wrong with the value.
  private init(ofValue message: String) {
    self.message = message
    isOfValue = true
  }

  /// The error of a document whose arrays and objects are nested deeper than the parser allows.
  public static let tooDeep = JSONError(ofValue: "recursion limit exceeded")

  /// The error of a string with one half of a surrogate pair as an escape.
  static func loneSurrogate(at offset: Int) -> JSONError {
    JSONError(ofValue: "lone surrogate at byte \(offset)")
  }

  /// The error of a value of the wrong type.
  public static func invalidType(_ found: JSONValue, expected: String) -> JSONError {
    JSONError("invalid type: \(found.errorDescription), expected \(expected)")
  }

  /// The error of a missing required member.
  public static func missingField(_ name: String) -> JSONError {
    JSONError("missing field `\(name)`")
  }

  /// The error of a string that is not in a closed set of names.
  public static func unknownVariant(_ name: String, known: [String]) -> JSONError {
    let names = known.map { "`\($0)`" }
    let expected =
      switch names.count {
      case 1: names[0]
      case 2: names.joined(separator: " or ")
      default: "one of \(names.joined(separator: ", "))"
      }
    return JSONError("unknown variant `\(name.quoted)`, expected \(expected)")
  }
}

extension JSONValue {
  /// The value in errors: its type, and its text where that is short.
  var errorDescription: String {
    switch kind {
    case .null: "null"
    case .true, .false: "boolean `\(kind == .true)`"
    case .number where isInteger: "integer `\(rawString.quoted)`"
    case .number: "floating point `\(rawString.quoted)`"
    case .string: "string \(quotedForError)"
    case .array: "sequence"
    case .object: "map"
    }
  }

  /// The string with the escapes of Rust's debug format, which are usually those of JSON.
  private var quotedForError: String {
    var out = JSONWriter()
    out.string(((try? string()) ?? "").quoted)
    return String(decoding: out.bytes, as: UTF8.self)
  }
}

extension String {
  /// The text as errors quote it: of one that has more than 200 characters, the first 200 and `…`.
  public var quoted: String {
    let rest = unicodeScalars.dropFirst(200)
    return rest.isEmpty ? self : String(unicodeScalars[..<rest.startIndex]) + "…"
  }
}
