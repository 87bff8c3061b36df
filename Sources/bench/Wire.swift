import History
import JSON
import JSONRPC
import Platform
import Protocol
import Rollouts
import Synchronization

/// Measures how fast requests are decoded and answers are encoded.
func measureWire(_ subject: Subject, _ report: Report) throws {
  let file = try RolloutFile.open(subject.rollout.path)
  let end = min(try file.status().size, Subject.size)
  let request = try resumeRequest(withHistoryOf: file, upTo: end)
  try report.row("decode") {
    let params = try decode(request)
    let size = params.history?.text.count ?? 0
    return Report.Work(
      bytes: request.count,
      note: "a thread/resume with a history of \(size) bytes, its parse included")
  }
  let items = try items(of: file, upTo: end)
  report.row("encode") {
    Report.Work(bytes: encode(items), note: "the \(items.count) items of the rollout's turns")
  }
}

private func decode(_ line: [UInt8]) throws -> ThreadResumeParams {
  try withJSON(line) { (json) throws(JSONError) in
    guard case .request(_, _, let params?) = try Message(json) else {
      throw JSONError("not a request with params")
    }
    return try ThreadResumeParams(json: params)
  }
}

/// The size of an answer with these items, in bytes.
private func encode(_ items: [ThreadItem]) -> Int {
  let client = ByteCounter()
  let outbox = Outbox(send: { client.add($0.count) })
  outbox.longMessage { stream in
    stream.json.byte(UInt8(ascii: "["))
    for (index, item) in items.enumerated() {
      if index > 0 { stream.json.byte(UInt8(ascii: ",")) }
      item.write(to: &stream.json)
      stream.pause(&stream.json)
    }
    stream.json.byte(UInt8(ascii: "]"))
  }
  return client.value
}

private final class ByteCounter: Sendable {
  private let count = Atomic<Int>(0)

  var value: Int { count.load(ordering: .relaxed) }

  func add(_ more: Int) { count.add(more, ordering: .relaxed) }
}

/// The items of the turns in the first part of a file.
private func items(of file: File, upTo end: Int) throws -> [ThreadItem] {
  let chain = try RolloutChain([RolloutChain.Link(file: file, end: end, endOrdinal: nil)])
  let plan = try ThreadHistory(chain, id: nil).plan
  let builder = ItemBuilder(chain.files, plan, threadID: "")
  return try plan.turns.flatMap { try $0.items(in: .full).compactMap(builder.item) }
}

/// A request whose history holds the model's input in the first part of a file.
private func resumeRequest(withHistoryOf file: File, upTo end: Int) throws -> [UInt8] {
  var history = HistoryWriter(capacity: end)
  history.out.literal(#"{"id":1,"method":"thread/resume","params":{"threadId":"","history":["#)
  try RecordReader().read(file, in: 0..<end, &history)
  history.out.literal("]}}")
  return history.out.bytes
}

/// Writes the payloads of records that are valid in a history, with commas between them.
private struct HistoryWriter: RecordVisitor {
  var out: JSONWriter
  private var isFirst = true

  init(capacity: Int) { out = JSONWriter(capacity: capacity) }

  /// Records that would not be read whole are left out.
  func wants(_ kind: RecordKind, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    if case .responseItem = kind { text.count < LineReader.bufferSize } else { false }
  }

  mutating func visit(_ record: Record) {
    guard case .responseItem = record.kind, (try? ResponseItem.check(record.payload)) != nil else {
      return
    }
    if isFirst { isFirst = false } else { out.byte(UInt8(ascii: ",")) }
    out.value(record.payload)
  }
}
