package import JSON

/// One part of a message in the model's input.
package enum ContentItem: WireUnion, Equatable {
  case inputText(TextPart)
  case inputImage(ImagePart)
  case inputAudio(AudioPart)
  case outputText(OutputTextPart)

  package static func variants<V: VariantVisitor<Self>>(_ variant: inout V) throws(JSONError) {
    try variant("input_text", Self.inputText)
    try variant("input_image", Self.inputImage)
    try variant("input_audio", Self.inputAudio, isNewer: true)
    try variant("output_text", Self.outputText)
  }

  package func write(_ variant: inout VariantWriter) {
    switch self {
    case .inputText(let part): variant("input_text", part)
    case .inputImage(let part): variant("input_image", part)
    case .inputAudio(let part): variant("input_audio", part)
    case .outputText(let part): variant("output_text", part)
    }
  }
}

/// One part of a message between agents.
package enum AgentMessageInputContent: WireUnion, Equatable {
  case inputText(TextPart)
  case encryptedContent(EncryptedPart)

  package static func variants<V: VariantVisitor<Self>>(_ variant: inout V) throws(JSONError) {
    try variant("input_text", Self.inputText)
    try variant("encrypted_content", Self.encryptedContent)
  }

  package func write(_ variant: inout VariantWriter) {
    switch self {
    case .inputText(let part): variant("input_text", part)
    case .encryptedContent(let part): variant("encrypted_content", part)
    }
  }
}

/// A part that is a text.
package struct TextPart: WireObject, Equatable {
  /// The text.
  package var text = JSONText()

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("text", &text)
  }
}

/// A part that is a text of the model.
package struct OutputTextPart: WireObject, Equatable {
  /// The text.
  package var text = JSONText()
  /// Annotations of the model's service, unchanged; nil where none are given.
  package var annotations: [RawJSON]?
  /// Probabilities of tokens from the model's service, unchanged; nil where none are given.
  package var logprobs: [RawJSON]?

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("text", &text)
    try field("annotations", &annotations, .newer)
    try field("logprobs", &logprobs, .newer)
  }
}

/// A part that is an image, given by the id of an uploaded file or else by its URL.
package struct ImagePart: WireObject, Equatable {
  /// The id of an uploaded file; nil where the image has a URL.
  package var fileID: String?
  /// The URL of the image, required where there is no file; empty where there is one.
  package var imageURL = JSONText()
  /// How closely the model looks at the image; nil for the default.
  package var detail: ImageDetail?

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("file_id", &fileID, [.newer, .omittedWhenAbsent])
    if fileID == nil { try field("image_url", &imageURL) }
    try field("detail", &detail, .newer)
  }
}

/// A part that is audio, given by its URL.
package struct AudioPart: WireObject, Equatable {
  /// The URL of the audio.
  package var audioURL = JSONText()

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("audio_url", &audioURL)
  }
}

/// A part that only the model's service can read.
package struct EncryptedPart: WireObject, Equatable {
  /// The encrypted content.
  package var encryptedContent = JSONText()

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("encrypted_content", &encryptedContent)
  }
}
