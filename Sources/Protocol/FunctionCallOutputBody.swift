package import JSON

/// The output of a call: a text, parts, or an object as in the first revision of the protocol.
package enum FunctionCallOutputBody: WireValue, Equatable {
  case text(JSONText)
  case parts([FunctionCallOutputContentItem])
  case payload(FunctionCallOutputPayload)

  /// - Throws: One error for every value of another form.
  package init(json: JSONValue) throws(JSONError) {
    do throws(JSONError) {
      switch json.kind {
      case .string: self = .text(try JSONText(json: json))
      case .array: self = .parts(try [FunctionCallOutputContentItem](json: json))
      default: self = .payload(try FunctionCallOutputPayload(json: json))
      }
    } catch {
      throw JSONError("data did not match any variant of untagged enum FunctionCallOutputBody")
    }
  }

  package func write(to out: inout JSONWriter) {
    switch self {
    case .text(let text): text.write(to: &out)
    case .parts(let parts): parts.write(to: &out)
    case .payload(let payload): payload.write(to: &out)
    }
  }

  package static func schema(_ schemas: inout SchemaBuilder) -> Schema {
    let payload = FunctionCallOutputPayload.schema(&schemas)
    guard schemas.includesNewer else { return payload }
    return schemas.define("FunctionCallOutputBody") { schemas in
      .anyOf([.type("string"), [FunctionCallOutputContentItem].schema(&schemas), payload])
    }
  }
}

/// The output of a call in the form of the first revision of the protocol.
package struct FunctionCallOutputPayload: WireObject, Equatable {
  /// The output as a text.
  package var content = JSONText()
  /// The output as parts, which are used instead of the text; nil where there are none.
  package var contentItems: [FunctionCallOutputContentItem]?
  /// Whether the call succeeded; nil where that is not given.
  package var success: Bool?

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("content", &content)
    try field("content_items", &contentItems)
    try field("success", &success)
  }
}

/// One part of the output of a call.
package enum FunctionCallOutputContentItem: WireUnion, Equatable {
  case inputText(TextPart)
  case inputImage(ImagePart)
  case inputAudio(AudioPart)
  case encryptedContent(EncryptedPart)

  package static func variants<V: VariantVisitor<Self>>(_ variant: inout V) throws(JSONError) {
    try variant("input_text", Self.inputText)
    try variant("input_image", Self.inputImage)
    try variant("input_audio", Self.inputAudio, isNewer: true)
    try variant("encrypted_content", Self.encryptedContent, isNewer: true)
  }

  package func write(_ variant: inout VariantWriter) {
    switch self {
    case .inputText(let part): variant("input_text", part)
    case .inputImage(let part): variant("input_image", part)
    case .inputAudio(let part): variant("input_audio", part)
    case .encryptedContent(let part): variant("encrypted_content", part)
    }
  }
}
