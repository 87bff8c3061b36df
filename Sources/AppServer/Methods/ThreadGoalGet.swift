import JSON

/// `thread/goal/get`: the goal of a thread. It is always null, because goals need a model.
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
