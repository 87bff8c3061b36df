import JSON

/// The names of the members that a value of a record is in, as far as they decide whether the middle
/// of a long string may be left out of memory.
struct MemberNames {
  /// The number of open objects and arrays.
  private(set) var depth = 0
  /// The last string: perhaps the name of a member.
  private var last: [UInt8] = []
  /// Whether a string of the last member may be without its middle.
  private var mayOmit = false
  /// Whether it may only as a member of a payload.
  private var mayOmitInPayload = false
  /// Whether the last member is kept with all that is in it.
  private var isKept = false
  /// The depth of the outermost kept value; nil outside of one.
  private var keptDepth: Int?

  /// Strings with these names are written once and unchanged as a part of an item, or are not shown
  /// at all; the program looks at their beginning and at their end.
  private static let omitted: Set<String> = [
    "text", "output", "aggregated_output", "formatted_output", "stdout", "stderr",
    "encrypted_content", "image_url", "audio_url", "url", "data", "result", "images", "audio",
    "last_agent_message", "content", "instructions", "base_instructions", "user_instructions",
    "unified_diff",
  ]
  /// Strings with this name are, if they are those of a payload. Others say why a turn failed.
  private static let omittedInPayload = "message"
  /// Values with these names are made into something else: words are quoted, patches are read.
  private static let kept: Set<String> = [
    "error", "command", "action", "changes", "git", "parsed_cmd",
  ]
  /// The length of the longest of these names, in bytes.
  private static let longest = 20

  /// Whether a string at this place may be without its middle.
  var mayOmitString: Bool { keptDepth == nil && (mayOmit || mayOmitInPayload && depth <= 2) }

  mutating func open() {
    depth += 1
    if isKept, keptDepth == nil { keptDepth = depth }
    isKept = false
  }

  mutating func close() {
    if depth == keptDepth { keptDepth = nil }
    depth -= 1
  }

  /// Notes a string, which may turn out to be a name.
  mutating func note(_ text: ArraySlice<UInt8>) {
    last = text.count <= Self.longest ? Array(text) : []
  }

  /// Takes the last string for the name of the member that follows.
  mutating func take() {
    let name = String(decoding: last, as: UTF8.self)
    mayOmit = Self.omitted.contains(name)
    mayOmitInPayload = name == Self.omittedInPayload
    isKept = Self.kept.contains(name)
  }
}
