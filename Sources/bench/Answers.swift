import JSON
import Platform
import Protocol

/// Measures how fast a new server answers.
func measureServer(_ subject: Subject, _ report: Report) throws {
  let size = try FileStatus(path: subject.rollout.path).size
  try report.row("turns of a rollout") {
    let client = try Client(home: subject.home.path)
    var params = ThreadResumeParams()
    params.path = PathString(subject.rollout.path)
    params.overrides.modelProvider = "openai"  // The recorded one need not be configured here.
    let answer = try client.request("thread/resume", params)
    return Report.Work(
      bytes: size, note: "thread/resume; its answer has \(megabytes(answer.size)) MB")
  }
  let files = try rolloutFiles(in: Path.join(subject.home.path, "sessions"))
  try report.row("list of a home") {
    try listAll(Client(home: subject.home.path))
    return Report.Work(
      bytes: files.reduce(0) { $0 + $1.size },
      note: "thread/list, a hundred at a time to the end; \(files.count) rollouts")
  }
}

/// Lists the threads of all providers, page by page.
private func listAll(_ client: Client) throws {
  var cursor: String?
  repeat {
    let params = WireMap([
      ("cursor", RawJSON(cursor)), ("limit", RawJSON(Int64(100))),
      ("modelProviders", RawJSON([String]())),
    ])
    cursor = try client.request("thread/list", params).nextCursor
  } while cursor != nil
}
