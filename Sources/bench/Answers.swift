import JSON
import Protocol
import System

/// How fast a server answers that was just started.
func measureServer(_ subject: Subject, _ report: Report) throws {
  let size = try FileStatus(path: subject.rollout.path).size
  try report.row("turns of a rollout") {
    let client = try Client(home: subject.home.path)
    var params = ThreadResumeParams()
    params.path = PathString(subject.rollout.path)
    let answer = try client.request("thread/resume", params)
    return Report.Work(bytes: size, note: "thread/resume; the answer has \(answer.size) bytes")
  }
  let files = try rolloutFiles(in: Path.join(subject.home.path, "sessions"))
  try report.row("list of a home") {
    let pages = try countPages(Client(home: subject.home.path))
    return Report.Work(
      bytes: files.reduce(0) { $0 + $1.size },
      note: "thread/list; \(files.count) rollouts, \(pages) pages of up to 100")
  }
}

/// Asks for the threads of every provider, page by page.
private func countPages(_ client: Client) throws -> Int {
  var count = 0
  var cursor: String?
  repeat {
    let params = WireMap([
      ("cursor", RawJSON(cursor)), ("limit", RawJSON(Int64(100))),
      ("modelProviders", RawJSON([String]())),
    ])
    cursor = try client.request("thread/list", params).nextCursor
    count += 1
  } while cursor != nil
  return count
}
