import JSON
import JSONRPC
import Platform
import Protocol

/// A method that needs a model, and is therefore refused.
///
/// Its params are checked first, and a thread that is not loaded is reported as such, because some
/// clients then load the thread and repeat the request.
protocol NeedsModel: Method where Params: NamesThread, Response == NoResponse {}

extension NeedsModel {
  static func touches(_ params: Params) -> Touches { .loadedThread(params.threadID, .read) }

  static func respond(
    to params: Params, _ context: RequestContext
  ) throws -> Reply<Response> {
    _ = try context.session.loaded(params.threadID)
    throw RPCError.needsModel(name)
  }
}

/// `thread/compact/start`: lets the model summarize the thread's history.
enum ThreadCompactStart: NeedsModel {
  static let name = "thread/compact/start"

  typealias Params = ThreadParams
}

/// `thread/shellCommand`: runs a command of the user and shows its output to the model.
enum ThreadShellCommand: NeedsModel {
  static let name = "thread/shellCommand"

  struct Params: NamesThread {
    static let wireName = "ThreadShellCommandParams"

    var threadID = ""
    var command = ""
    var timeoutMs: Int64?

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("threadId", &threadID)
      try field("command", &command)
      try field("timeoutMs", &timeoutMs)
    }
  }
}

/// `turn/start`: sends input to the model.
enum TurnStart: NeedsModel {
  static let name = "turn/start"

  struct Params: NamesThread {
    static let wireName = "TurnStartParams"

    var threadID = ""
    var input: [UserInput] = []
    var approvalPolicy: AskForApproval?
    var approvalsReviewer: ApprovalsReviewer?
    /// Any object, because the names of the modes differ by version.
    var collaborationMode: WireMap<RawJSON>?
    var cwd: String?
    var effort: String?
    var model: String?
    var outputSchema: RawJSON?
    var personality: Personality?
    var sandboxPolicy: SandboxPolicy?
    var serviceTier: String?
    var summary: ReasoningSummary?

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("threadId", &threadID)
      try field("input", &input)
      try field("approvalPolicy", &approvalPolicy)
      try field("approvalsReviewer", &approvalsReviewer, .newer)
      try field("collaborationMode", &collaborationMode)
      try field("cwd", &cwd)
      try field("effort", &effort)
      try field("model", &model)
      try field("outputSchema", &outputSchema)
      try field("personality", &personality)
      try field("sandboxPolicy", &sandboxPolicy)
      try field("serviceTier", &serviceTier, .newer)
      try field("summary", &summary)
    }
  }

  /// How detailed the summary of the model's reasoning is.
  enum ReasoningSummary: String, WireEnum {
    case auto
    case concise
    case detailed
    case none
  }
}

/// `turn/steer`: sends further input to a running turn.
enum TurnSteer: NeedsModel {
  static let name = "turn/steer"

  struct Params: NamesThread {
    static let wireName = "TurnSteerParams"

    var threadID = ""
    var input: [UserInput] = []
    var expectedTurnID = ""

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("threadId", &threadID)
      try field("input", &input)
      try field("expectedTurnId", &expectedTurnID)
    }
  }
}

/// `turn/interrupt`: ends a running turn.
enum TurnInterrupt: NeedsModel {
  static let name = "turn/interrupt"

  struct Params: NamesThread {
    static let wireName = "TurnInterruptParams"

    var threadID = ""
    var turnID = ""

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("threadId", &threadID)
      try field("turnId", &turnID)
    }
  }
}

/// `review/start`: lets the model review changes.
enum ReviewStart: NeedsModel {
  static let name = "review/start"

  struct Params: NamesThread {
    static let wireName = "ReviewStartParams"

    var threadID = ""
    var target = Target.uncommittedChanges
    var delivery: Delivery?

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("threadId", &threadID)
      try field("target", &target)
      try field("delivery", &delivery)
    }
  }

  /// The changes that are reviewed.
  enum Target: WireUnion {
    case uncommittedChanges
    case baseBranch(BaseBranch)
    case commit(Commit)
    case custom(Custom)

    static let wireName = "ReviewTarget"

    struct BaseBranch: WireObject {
      var branch = ""

      mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
        try field("branch", &branch)
      }
    }

    struct Commit: WireObject {
      var sha = ""
      var title: String?

      mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
        try field("sha", &sha)
        try field("title", &title)
      }
    }

    struct Custom: WireObject {
      var instructions = ""

      mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
        try field("instructions", &instructions)
      }
    }

    static func variants<V: VariantVisitor<Self>>(_ variant: inout V) throws(JSONError) {
      try variant("uncommittedChanges", .uncommittedChanges)
      try variant("baseBranch", Self.baseBranch)
      try variant("commit", Self.commit)
      try variant("custom", Self.custom)
    }

    func write(_ variant: inout VariantWriter) {
      switch self {
      case .uncommittedChanges: variant("uncommittedChanges")
      case .baseBranch(let target): variant("baseBranch", target)
      case .commit(let target): variant("commit", target)
      case .custom(let target): variant("custom", target)
      }
    }
  }

  /// Whether the review is part of the thread or a thread of its own.
  enum Delivery: String, WireEnum {
    case inline
    case detached
  }
}
