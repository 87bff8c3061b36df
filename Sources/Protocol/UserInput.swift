package import JSON

/// One part of what a user said.
package enum UserInput: WireUnion, Equatable {
  case text(Text)
  case image(Image)
  case localImage(LocalImage)
  case audio(Audio)
  case localAudio(LocalAudio)
  case skill(Named)
  case mention(Named)

  /// What the user wrote.
  package struct Text: WireObject, Equatable {
    /// The text.
    package var text = JSONText()
    /// Parts of the text that stand for something else.
    package var textElements: [TextElement] = []

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("text", &text)
      try field("text_elements", &textElements, .defaulted)
    }
  }

  /// An image by its URL, which may hold it, or by the id of an uploaded file.
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

  /// An image in a file.
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

  /// Sound, by its URL.
  package struct Audio: WireObject, Equatable {
    /// The URL of the audio.
    package var url = JSONText()

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("url", &url)
    }
  }

  /// Sound in a file.
  package struct LocalAudio: WireObject, Equatable {
    /// The path of the audio file.
    package var path = ""

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("path", &path)
    }
  }

  /// Something that has a name and lies at a path.
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

/// A part of a text that stands for something else, such as a pasted file.
package struct TextElement: WireObject, Equatable {
  /// The range of the part in the text.
  package var byteRange = ByteRange()
  /// What a client shows in its place.
  package var placeholder: String?

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("byteRange", &byteRange)
    try field("placeholder", &placeholder)
  }
}

/// A range in a text's UTF-8, the end not in it.
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
