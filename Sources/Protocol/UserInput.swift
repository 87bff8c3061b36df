package import JSON

/// One part of a message of the user.
package enum UserInput: WireUnion, Equatable {
  case text(Text)
  case image(Image)
  case localImage(LocalImage)
  case audio(Audio)
  case localAudio(LocalAudio)
  case skill(Named)
  case mention(Named)

  /// A part that is a text.
  package struct Text: WireObject, Equatable {
    /// The text.
    package var text = JSONText()
    /// Parts of the text that represent something else.
    package var textElements: [TextElement] = []

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("text", &text)
      try field("text_elements", &textElements, .defaulted)
    }
  }

  /// A part that is an image, given by its URL, which may contain the image, or by the id of an
  /// uploaded file.
  package struct Image: WireObject, Equatable {
    /// The URL of the image; nil where it is an uploaded file.
    package var url: JSONText?
    /// The id of the uploaded file; nil where the image has a URL.
    package var fileID: String?
    /// How closely the model looks at the image; nil for the default.
    package var detail: ImageDetail?

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("url", &url, .omittedWhenAbsent)
      try field("fileId", &fileID, [.newer, .omittedWhenAbsent])
      try field("detail", &detail, .newer)
    }
  }

  /// A part that is an image in a local file.
  package struct LocalImage: WireObject, Equatable {
    /// The path of the image.
    package var path = ""
    /// How closely the model looks at the image; nil for the default.
    package var detail: ImageDetail?

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("path", &path)
      try field("detail", &detail, .newer)
    }
  }

  /// A part that is audio, given by its URL.
  package struct Audio: WireObject, Equatable {
    /// The URL of the audio.
    package var url = JSONText()

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("url", &url)
    }
  }

  /// A part that is audio in a local file.
  package struct LocalAudio: WireObject, Equatable {
    /// The path of the audio file.
    package var path = ""

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("path", &path)
    }
  }

  /// A part that refers to a file or folder by its name and path.
  package struct Named: WireObject, Equatable {
    /// The name.
    package var name = ""
    /// The path of the file or folder.
    package var path = ""

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("name", &name)
      try field("path", &path)
    }
  }

  package static func variants<V: VariantVisitor<Self>>(_ variant: inout V) throws(JSONError) {
    try variant("text", Self.text)
    try variant("image", Self.image)
    try variant("localImage", Self.localImage)
    try variant("audio", Self.audio, isNewer: true)
    try variant("localAudio", Self.localAudio, isNewer: true)
    try variant("skill", Self.skill)
    try variant("mention", Self.mention)
  }

  package func write(_ variant: inout VariantWriter) {
    switch self {
    case .text(let part): variant("text", part)
    case .image(let part): variant("image", part)
    case .localImage(let part): variant("localImage", part)
    case .audio(let part): variant("audio", part)
    case .localAudio(let part): variant("localAudio", part)
    case .skill(let part): variant("skill", part)
    case .mention(let part): variant("mention", part)
    }
  }
}

/// A part of a text that represents something else, such as a pasted file.
package struct TextElement: WireObject, Equatable {
  /// The range of the part in the text.
  package var byteRange = ByteRange()
  /// The text that a client shows instead of the part; nil where there is none.
  package var placeholder: String?

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("byteRange", &byteRange)
    try field("placeholder", &placeholder)
  }
}

/// A range of bytes in a text's UTF-8, without its end.
package struct ByteRange: WireObject, Equatable {
  /// The index of the first byte.
  package var start: UInt64 = 0
  /// The index behind the last byte.
  package var end: UInt64 = 0

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("start", &start)
    try field("end", &end)
  }
}

/// How closely the model looks at an image.
package enum ImageDetail: String, WireEnum {
  case auto
  case low
  case high
  case original
}
