package import JSON

/// A warning about a config, which a client shows its user: the params of the notification
/// `configWarning`.
package struct ConfigWarning: WireObject, Equatable {
  /// The summary, which is equal in all warnings about a config.
  package var summary = "Invalid configuration; using defaults."
  /// What is wrong, with a line for each place. A line about a place in a file begins with
  /// `path:line:column: `.
  package var details: String?
  /// The path of the file, absolute; nil where the problem is not in a place of a file.
  package var path: String?
  /// The range of the first problem; nil where `path` is nil.
  package var range: TextRange?

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("summary", &summary)
    try field("details", &details)
    try field("path", &path, .omittedWhenAbsent)
    try field("range", &range, .omittedWhenAbsent)
  }

  /// A range of text, with its last character.
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
    /// The line, from 1.
    package var line: UInt32 = 1
    /// The column, from 1, in Unicode scalars.
    package var column: UInt32 = 1

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("line", &line)
      try field("column", &column)
    }
  }
}
