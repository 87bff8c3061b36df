package import JSON

/// The items of a model's input, as a client gives them for a new thread.
///
/// They are checked as `ResponseItem`s and kept unchanged as one text, since they can be many.
package struct ModelInput: WireValue, Equatable {
  /// The JSON array that the client sent, with unknown members and all white space.
  package let text: [UInt8]
  /// Whether there is no item.
  package let isEmpty: Bool

  package init(json: JSONValue) throws(JSONError) {
    guard json.kind == .array else { throw .invalidType(json, expected: "a sequence") }
    try json.forEachElement { (item) throws(JSONError) in try ResponseItem.check(item) }
    var text: [UInt8] = []
    text.reserveCapacityToFill(json.text.count)
    text += json.text
    self.text = text
    isEmpty = json.isEmpty
  }

  package func write(to out: inout JSONWriter) {
    do throws(JSONError) { try withJSON(text) { out.value($0) } } catch {
      preconditionFailure("what was parsed can be parsed again: \(error)")
    }
  }

  package static func schema(_ schemas: inout SchemaBuilder) -> Schema {
    .array(ResponseItem.schema(&schemas))
  }
}
