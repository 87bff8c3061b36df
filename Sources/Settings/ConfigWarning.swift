package import JSON

/// What a client shows its user about a config that is not as it should be: the params of the
/// notification `configWarning`.
package struct ConfigWarning: WireObject, Equatable {
  /// The same for every warning about a config.
  package var summary = "Invalid configuration; using defaults."
  /// What is wrong, a line for each place; behind `path:line:column: ` where it has a place in a file.
  package var details: String?
  /// The file, absolute; nil where the problem has no place in it.
  package var path: String?
  /// From the first to the last character of what is wrong first; nil as `path` is.
  package var range: TextRange?

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("summary", &summary)
    try field("details", &details)
    try field("path", &path, .omittedWhenAbsent)
    try field("range", &range, .omittedWhenAbsent)
  }

  /// A stretch of text, its last character included.
  package struct TextRange: WireObject, Equatable {
    /// The place of the first character.
    package var start = TextPosition()
    /// The place of the last character.
    package var end = TextPosition()

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("start", &start)
      try field("end", &end)
    }
  }

  /// A place in a text.
  package struct TextPosition: WireObject, Equatable {
    /// From 1.
    package var line: UInt32 = 1
    /// From 1, in Unicode scalars.
    package var column: UInt32 = 1

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("line", &line)
      try field("column", &column)
    }
  }
}
