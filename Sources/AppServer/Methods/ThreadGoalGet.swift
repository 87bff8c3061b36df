import JSON

/// `thread/goal/get`: the thread's goal, which is none: only a model could pursue one.
enum ThreadGoalGet: FixedAnswerAboutThread {
  static let name = "thread/goal/get"

  typealias Params = ThreadParams

  struct Response: WireObject {
    var goal: RawJSON?

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("goal", &goal)
    }
  }
}
