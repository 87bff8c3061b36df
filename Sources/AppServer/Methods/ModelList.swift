import JSON
import JSONRPC
import Settings

/// `model/list`: a list of one model, the configured one or the built-in one.
///
/// The server cannot use the model, but clients need its name and its reasoning efforts.
enum ModelList: Method {
  static let name = "model/list"

  struct Params: WireObject {
    static let wireName = "ModelListParams"

    var page = ListParams()
    /// Accepted and ignored, because no model is hidden.
    var includeHidden: Bool?

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try page.fields(&field)
      try field("includeHidden", &includeHidden, .newer)
    }
  }

  struct Response: WireObject {
    static let wireName = "ModelListResponse"

    var data: [Model] = []
    var nextCursor: String?

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("data", &data)
      try field("nextCursor", &nextCursor)
    }
  }

  static func touches(_ params: Params) -> Touches { .nothing }

  static func respond(
    to params: Params, _ context: RequestContext
  ) throws -> Reply<Response> {
    if let cursor = params.page.cursor { throw RPCError.invalidCursor(cursor) }
    var response = Response()
    response.data = [Model(context.session.settings)]
    return .value(response)
  }
}

/// A model that a thread can have.
struct Model: WireObject {
  var id = ""
  var model = ""
  var displayName = ""
  var description = ""
  var hidden = false
  var supportedReasoningEfforts: [Effort] = []
  var defaultReasoningEffort = ""
  var inputModalities = ["text", "image"]
  var supportsPersonality = false
  var isDefault = true
  /// A property that only the service of the model knows; always null.
  private var unknown: RawJSON?
  private var serviceTiers: [RawJSON] = []

  /// A reasoning effort of the model.
  struct Effort: WireObject {
    var reasoningEffort = ""
    var description = ""

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("reasoningEffort", &reasoningEffort)
      try field("description", &description)
    }
  }

  mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("id", &id)
    try field("model", &model)
    try field("upgrade", &unknown)
    try field("upgradeInfo", &unknown)
    try field("availabilityNux", &unknown)
    try field("displayName", &displayName)
    try field("description", &description)
    try field("modelSpecialty", &unknown)
    try field("hidden", &hidden)
    try field("supportedReasoningEfforts", &supportedReasoningEfforts)
    try field("defaultReasoningEffort", &defaultReasoningEffort)
    try field("inputModalities", &inputModalities)
    try field("supportsPersonality", &supportsPersonality)
    try field("multiAgentVersion", &unknown)
    try field("additionalSpeedTiers", &serviceTiers)
    try field("serviceTiers", &serviceTiers)
    try field("defaultServiceTier", &unknown)
    try field("availableAccessPrograms", &unknown)
    try field("isDefault", &isDefault)
  }
}

extension Model {
  /// The reasoning efforts that all versions of clients know.
  private static let efforts: [(name: String, description: String)] = [
    ("minimal", "Hardly any reasoning"), ("low", "Little reasoning, quick answers"),
    ("medium", "As much reasoning as everyday work needs"), ("high", "Much reasoning"),
    ("xhigh", "The most reasoning, slow answers"),
  ]

  /// Creates the configured model, or the built-in one if none is configured.
  init(_ settings: Settings) {
    let name = settings.model ?? Settings.builtInModel
    id = name
    model = name
    displayName = name
    description = settings.model == nil ? "Built in" : "Configured"
    supportedReasoningEfforts = Self.efforts.map { Effort($0.name, $0.description) }
    let isKnown = { (effort: String) in Self.efforts.contains { $0.name == effort } }
    let configured = settings.reasoningEffort.flatMap { isKnown($0) ? $0 : nil }
    defaultReasoningEffort = configured ?? "medium"
  }
}

extension Model.Effort {
  fileprivate init(_ name: String, _ description: String) {
    reasoningEffort = name
    self.description = description
  }
}
