package import JSON

/// When the user is asked for approval: a named policy, or a choice for each kind of question.
package enum AskForApproval: WireValue, Equatable {
  case untrusted
  case onRequest
  case never
  case granular(GranularApproval)

  /// The policies that are a name alone. `on-failure`, which old clients and files use, is read as
  /// the nearest policy that new clients know.
  package static let named: [(name: String, policy: AskForApproval)] = [
    ("untrusted", .untrusted), ("on-failure", .onRequest), ("on-request", .onRequest),
    ("never", .never),
  ]

  package init(json: JSONValue) throws(JSONError) {
    let (name, payload) = try json.variant()
    if name == "granular" {
      guard let payload else {
        throw JSONError("invalid type: unit variant, expected struct variant")
      }
      self = .granular(try GranularApproval(json: payload))
      return
    }
    guard let known = Self.named.first(where: { $0.name == name }) else {
      throw .unknownVariant(
        name, known: ["untrusted", "on-failure", "on-request", "granular", "never"])
    }
    if let payload, !payload.isNull { throw .invalidType(payload, expected: "unit") }
    self = known.policy
  }

  package func write(to out: inout JSONWriter) {
    switch self {
    case .untrusted: out.literal("\"untrusted\"")
    case .onRequest: out.literal("\"on-request\"")
    case .never: out.literal("\"never\"")
    case .granular(let answers):
      out.literal("{\"granular\":")
      answers.write(to: &out)
      out.literal("}")
    }
  }

  package static func schema(_ schemas: inout SchemaBuilder) -> Schema {
    schemas.define("AskForApproval") { schemas in
      let names = Schema.enumeration(named.map(\.name))
      guard schemas.includesNewer else { return names }
      let granular = GranularApproval.objectSchema(&schemas)
      return .anyOf([names, .object(withOnly: "granular", granular)])
    }
  }
}

/// Which kinds of questions are asked; others are answered with no.
package struct GranularApproval: WireObject, Equatable {
  /// Whether the user is asked before a command leaves the sandbox.
  package var sandboxApproval = false
  /// Whether the user is asked where a rule about commands demands it.
  package var rules = false
  /// Whether the user is asked before a skill is used.
  package var skillApproval = false
  /// Whether the user is asked when the model requests more permissions.
  package var requestPermissions = false
  /// Whether the user is asked the questions of MCP servers.
  package var mcpElicitations = false

  package static var expectation: String { "struct variant" }

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("sandbox_approval", &sandboxApproval)
    try field("rules", &rules)
    try field("skill_approval", &skillApproval, .defaulted)
    try field("request_permissions", &requestPermissions, .defaulted)
    try field("mcp_elicitations", &mcpElicitations)
  }
}

/// Who answers requests for approval.
package enum ApprovalsReviewer: String, WireEnum {
  case user
  case autoReview = "auto_review"
  /// The old name of `autoReview`.
  case guardianSubagent = "guardian_subagent"
}
