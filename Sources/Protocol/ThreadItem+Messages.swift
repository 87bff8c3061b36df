package import JSON

extension ThreadItem {
  /// What the user said.
  package struct UserMessage: ThreadItemContent {
    package var id = ""
    /// The id that the client gave the message.
    package var clientID: String?
    package var content: [UserInput] = []

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("id", &id)
      try field("clientId", &clientID)
      try field("content", &content)
    }
  }

  /// What hooks said to the model.
  package struct HookPrompt: ThreadItemContent {
    package var id = ""
    package var fragments: [HookPromptFragment] = []

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("id", &id)
      try field("fragments", &fragments)
    }
  }

  /// What the model said.
  package struct AgentMessage: ThreadItemContent {
    package var id = ""
    package var text = JSONText()
    package var phase: MessagePhase?
    package var memoryCitation: MemoryCitation?
    package var delivery: AgentMessageDelivery?
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

  /// What a call of the model that has no item of its own gave.
  package struct FunctionCallOutput: ThreadItemContent {
    package var id = ""
    package var name = ""
    package var namespace: String?
    /// A string or an array of content parts.
    package var output = RawJSON.null

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("id", &id)
      try field("name", &name)
      try field("namespace", &namespace)
      try field("output", &output)
    }
  }

  /// What the model means to do, in Markdown.
  package struct Plan: ThreadItemContent {
    package var id = ""
    package var text = JSONText()

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("id", &id)
      try field("text", &text)
    }
  }

  /// What the model thought.
  package struct Reasoning: ThreadItemContent {
    package var id = ""
    package var summary: [JSONText] = []
    /// The thoughts themselves, which most models keep to themselves.
    package var content: [JSONText] = []

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("id", &id)
      try field("summary", &summary, .defaulted)
      try field("content", &content, .defaulted)
    }
  }

  /// The begin of a review, with what is reviewed; or its end, with what was found.
  package struct ReviewMode: ThreadItemContent {
    package var id = ""
    package var review = JSONText()

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("id", &id)
      try field("review", &review)
    }
  }

  /// The place where the model's input was cut down to a summary.
  package struct ContextCompaction: ThreadItemContent {
    package var id = ""

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("id", &id)
    }
  }
}

/// What one run of a hook said.
package struct HookPromptFragment: WireObject, Equatable {
  package var text = JSONText()
  package var hookRunID = ""

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("text", &text)
    try field("hookRunId", &hookRunID)
  }
}

/// What a message of the model is for.
package enum MessagePhase: String, WireEnum {
  case commentary
  case partialAnswer = "partial_answer"
  case finalAnswer = "final_answer"

  package static var newer: [MessagePhase] { [.partialAnswer] }
}

/// How a message of the model reaches the user.
package enum AgentMessageDelivery: String, WireEnum {
  case async
}

/// A question that a message of the model asks without waiting.
package struct AsyncUserInputQuestion: WireObject, Equatable {
  package var title = ""
  package var options: [String]?

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("title", &title)
    try field("options", &options)
  }
}

/// Which memories a message is based on.
package struct MemoryCitation: WireObject, Equatable {
  package var entries: [MemoryCitationEntry] = []
  package var threadIDs: [String] = []

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("entries", &entries)
    try field("threadIds", &threadIDs)
  }
}

/// Some lines of a memory, counted from 1.
package struct MemoryCitationEntry: WireObject, Equatable {
  package var path = ""
  package var lineStart: UInt32 = 0
  package var lineEnd: UInt32 = 0
  package var note = ""

  package init() {}

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("path", &path)
    try field("lineStart", &lineStart)
    try field("lineEnd", &lineEnd)
    try field("note", &note)
  }
}
