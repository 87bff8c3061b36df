package import JSON

extension ThreadItem {
  /// A message of the user.
  package struct UserMessage: ThreadItemContent {
    /// The item's id, unique in its turn and opaque (HISTORY.md 1).
    package var id = ""
    /// The id that the client gave the message; nil where it gave none.
    package var clientID: String?
    /// The parts of the message.
    package var content: [UserInput] = []

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("id", &id)
      try field("clientId", &clientID)
      try field("content", &content)
    }
  }

  /// Texts of hooks for the model.
  package struct HookPrompt: ThreadItemContent {
    /// The item's id, unique in its turn and opaque (HISTORY.md 1).
    package var id = ""
    /// The texts of the hooks.
    package var fragments: [HookPromptFragment] = []

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("id", &id)
      try field("fragments", &fragments)
    }
  }

  /// A message of the agent.
  package struct AgentMessage: ThreadItemContent {
    /// The item's id, unique in its turn and opaque (HISTORY.md 1).
    package var id = ""
    /// The text of the message.
    package var text = JSONText()
    /// The purpose of the message; nil where none is recorded.
    package var phase: MessagePhase?
    /// The memories that the message is based on; nil where there are none.
    package var memoryCitation: MemoryCitation?
    /// How the message reaches the user; nil for the usual way.
    package var delivery: AgentMessageDelivery?
    /// The questions that the message asks; nil where there are none.
    package var questions: [AsyncUserInputQuestion]?

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("id", &id)
      try field("text", &text)
      try field("phase", &phase)
      try field("memoryCitation", &memoryCitation)
      try field("delivery", &delivery)
      try field("questions", &questions)
    }
  }

  /// The output of a call that has no item of its own.
  package struct FunctionCallOutput: ThreadItemContent {
    /// The item's id, unique in its turn and opaque (HISTORY.md 1).
    package var id = ""
    /// The name of the function.
    package var name = ""
    /// The namespace of the function; nil where it has none.
    package var namespace: String?
    /// The output: a string or an array of parts.
    package var output = RawJSON.null

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("id", &id)
      try field("name", &name)
      try field("namespace", &namespace)
      try field("output", &output)
    }
  }

  /// The plan of the agent.
  package struct Plan: ThreadItemContent {
    /// The item's id, unique in its turn and opaque (HISTORY.md 1).
    package var id = ""
    /// The plan in Markdown.
    package var text = JSONText()

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("id", &id)
      try field("text", &text)
    }
  }

  /// Reasoning of the agent.
  package struct Reasoning: ThreadItemContent {
    /// The item's id, unique in its turn and opaque (HISTORY.md 1).
    package var id = ""
    /// Summaries of the reasoning.
    package var summary: [JSONText] = []
    /// The reasoning itself, which most models do not show.
    package var content: [JSONText] = []

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("id", &id)
      try field("summary", &summary, .defaulted)
      try field("content", &content, .defaulted)
    }
  }

  /// The beginning of a review with its subject, or the end of a review with its findings.
  package struct ReviewMode: ThreadItemContent {
    /// The item's id, unique in its turn and opaque (HISTORY.md 1).
    package var id = ""
    /// The subject or the findings of the review.
    package var review = JSONText()

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("id", &id)
      try field("review", &review)
    }
  }

  /// The place at which the model's input was replaced by a summary.
  package struct ContextCompaction: ThreadItemContent {
    /// The item's id, unique in its turn and opaque (HISTORY.md 1).
    package var id = ""

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("id", &id)
    }
  }
}

/// The text of one run of a hook.
package struct HookPromptFragment: WireObject, Equatable {
  /// The text of the hook.
  package var text = JSONText()
  /// The id of the hook's run.
  package var hookRunID = ""

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("text", &text)
    try field("hookRunId", &hookRunID)
  }
}

/// The purpose of a message of the agent.
package enum MessagePhase: String, WireEnum {
  case commentary
  case partialAnswer = "partial_answer"
  case finalAnswer = "final_answer"

  package static var newer: [MessagePhase] { [.partialAnswer] }
}

/// The way in which a message of the agent reaches the user.
package enum AgentMessageDelivery: String, WireEnum {
  case async
}

/// A question in a message of the agent, which does not wait for the answer.
package struct AsyncUserInputQuestion: WireObject, Equatable {
  /// The question.
  package var title = ""
  /// Answers to choose from; nil where any answer is possible.
  package var options: [String]?

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("title", &title)
    try field("options", &options)
  }
}

/// The memories that a message is based on.
package struct MemoryCitation: WireObject, Equatable {
  /// The cited lines of memories.
  package var entries: [MemoryCitationEntry] = []
  /// The ids of the threads that the memories come from.
  package var threadIDs: [String] = []

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("entries", &entries)
    try field("threadIds", &threadIDs)
  }
}

/// Lines of a memory.
package struct MemoryCitationEntry: WireObject, Equatable {
  /// The path of the memory.
  package var path = ""
  /// The first cited line, from 1.
  package var lineStart: UInt32 = 0
  /// The last cited line.
  package var lineEnd: UInt32 = 0
  /// Why the lines are cited.
  package var note = ""

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("path", &path)
    try field("lineStart", &lineStart)
    try field("lineEnd", &lineEnd)
    try field("note", &note)
  }
}
