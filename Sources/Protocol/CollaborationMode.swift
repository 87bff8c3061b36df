package import JSON

/// How model and user work together, and with which model.
package struct CollaborationMode: WireObject, Equatable {
  package var mode = ModeKind.default
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
  package var model = ""
  package var reasoningEffort: String?
  package var developerInstructions: String?

  package static var wireName: String { "Settings" }

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("model", &model)
    try field("reasoning_effort", &reasoningEffort)
    try field("developer_instructions", &developerInstructions)
  }
}

/// How the model speaks.
package enum Personality: String, WireEnum {
  case none
  case friendly
  case pragmatic

  package static var newer: [Personality] { [.none] }
}
