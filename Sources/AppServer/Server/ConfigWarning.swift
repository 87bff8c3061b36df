package import JSON

/// What is wrong with a config file: the params of the notification `configWarning`.
package struct ConfigWarning: WireObject, Equatable {
  package var summary = ""
  package var details: String?
  package var path: String?
  package var range: TextRange?

  package static let method = "configWarning"

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("summary", &summary)
    try field("details", &details)
    try field("path", &path)
    try field("range", &range)
  }
}

/// A part of a text file.
package struct TextRange: WireObject, Equatable {
  package var start = TextPosition()
  package var end = TextPosition()

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("start", &start)
    try field("end", &end)
  }
}

/// A place in a text file, both counted from 1.
package struct TextPosition: WireObject, Equatable {
  package var line: UInt32 = 1
  package var column: UInt32 = 1

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("line", &line)
    try field("column", &column)
  }
}
