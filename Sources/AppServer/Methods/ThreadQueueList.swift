import JSON

/// `thread/queue/list`: the input that waits for the model. There is none.
enum ThreadQueueList: FixedAnswerAboutThread {
  static let name = "thread/queue/list"

  struct Params: NamesThread {
    static let wireName = "ThreadQueueListParams"

    var threadID = ""
    var page = ListParams()

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("threadId", &threadID)
      try page.fields(&field)
    }
  }

  typealias Response = EmptyPage
}
