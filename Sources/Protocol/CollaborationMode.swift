package import JSON

/// How the model and the user work together, and with which model.
package struct CollaborationMode: WireObject, Equatable {
  /// Whether the model plans first.
  package var mode = ModeKind.default
  /// The model and its settings in this mode.
  package var settings = CollaborationSettings()

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("mode", &mode)
    try field("settings", &settings)
  }
}

/// Whether the model plans first.
package enum ModeKind: String, WireEnum {
  case plan
  case `default`
}

/// What a collaboration mode sets.
package struct CollaborationSettings: WireObject, Equatable {
  /// The name of the model.
  package var model = ""
  /// The reasoning effort of the model; nil for the model's default.
  package var reasoningEffort: String?
  /// Instructions for the mode; nil for those that are built in.
  package var developerInstructions: String?

  package static var wireName: String { "Settings" }

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("model", &model)
    try field("reasoning_effort", &reasoningEffort)
    try field("developer_instructions", &developerInstructions)
  }
}

/// The style of the model's messages.
package enum Personality: String, WireEnum {
  case none
  case friendly
  case pragmatic

  package static var newer: [Personality] { [.none] }
}
