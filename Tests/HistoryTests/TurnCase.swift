import Foundation
import TestSupport
import Testing

/// A case of `Fixtures/turns`: some records, and the turns that they come to.
///
/// `#` starts what the case is about, `>` a record, `<` a turn or, indented, one of its items. Cases
/// stand apart by empty lines. Before the records of each stands a header, which is number 0; the
/// others are counted from 1. Run with UPDATE_FIXTURES=1 to rewrite the turns, then read the diff.
struct TurnCase: CustomTestStringConvertible, Sendable {
  let file: String
  var lines: [String]

  var title: String { lines.first { $0.hasPrefix("# ") }.map { String($0.dropFirst(2)) } ?? "" }
  var testDescription: String { "\(file): \(title)" }
  var expected: [String] { marked("< ") }
  var isCase: Bool { !marked("> ").isEmpty }

  static let folder = "Fixtures/turns"

  static let all = Repository.names(in: folder).flatMap { file in
    ((try? cases(of: file)) ?? []).filter(\.isCase)
  }

  static func cases(of file: String) throws -> [TurnCase] {
    try Repository.text(of: "\(folder)/\(file)").split(separator: "\n\n").map { text in
      TurnCase(
        file: file,
        lines: text.split(separator: "\n", omittingEmptySubsequences: true).map(String.init))
    }
  }

  private func marked(_ mark: String) -> [String] {
    lines.filter { $0.hasPrefix(mark) }.map { String($0.dropFirst(mark.count)) }
  }
}

// Records.
extension TurnCase {
  var rollout: Rollout {
    var words = marked("> ")
    let header = Self.headers.contains(words[0]) ? words.removeFirst() : ""
    let isPaginated = header == "paginated" || header == "agent"
    let records = [Self.header(header)] + words.map(Self.record)
    return Rollout(
      records.enumerated().map { number, record in
        isPaginated && !record.contains("\"ordinal\":")
          ? record.replacing(
            "Z\",\"type\"", with: "Z\",\"ordinal\":\(number),\"type\"", maxReplacements: 1)
          : record
      })
  }

  /// `agent` begins with a copy of its parent's conversation: the records before number 3.
  private static let headers = ["bare", "paginated", "old", "agent"]

  private static func header(_ kind: String) -> String {
    if kind == "bare" {
      return
        #"{"id":"\#(StoredRollout.id)","timestamp":"2025-07-01T10:00:00.000Z","instructions":null}"#
    }
    let mode =
      switch kind {
      case "paginated": #","history_mode":"paginated""#
      case "agent":
        #","history_mode":"paginated","subagent_history_start_ordinal":3"#
      case "old": #","cli_version":"0.98.0""#
      default: ""
      }
    return record(
      #"record session_meta {"id":"\#(StoredRollout.id)","timestamp":"2026-01-05T10:00:00.000Z","cwd":"/w"\#(mode)}"#
    )
  }

  /// `event TYPE {…}` and `item TYPE {…}` are records with a payload of that type, `record TYPE {…}`
  /// one that has the type itself; anything else is a line as it is.
  private static func record(_ words: String) -> String {
    let parts = words.split(separator: " ", maxSplits: 2).map(String.init)
    guard parts.count == 3, parts[2].hasPrefix("{") else { return words }
    let members = parts[2].dropFirst()
    let payload = "{\"type\":\"\(parts[1])\"\(members == "}" ? "" : ",")\(members)"
    let time = #"{"timestamp":"2026-01-05T10:00:01.000Z","type":"#
    switch parts[0] {
    case "event": return time + "\"event_msg\",\"payload\":\(payload)}"
    case "item": return time + "\"response_item\",\"payload\":\(payload)}"
    case "record": return time + "\"\(parts[1])\",\"payload\":\(parts[2])}"
    default: return words
    }
  }
}

// Rewriting.
extension TurnCase {
  static var isUpdating: Bool { ProcessInfo.processInfo.environment["UPDATE_FIXTURES"] != nil }

  static func update(_ file: String) throws {
    let cases = try cases(of: file).map { try $0.isCase ? $0.updated() : $0 }
    let text = cases.map { $0.lines.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
    let path = Repository.root.appending(path: "\(folder)/\(file)")
    try text.write(to: path, atomically: true, encoding: .utf8)
  }

  private func updated() throws -> TurnCase {
    let turns = try rollout.turns()
    return TurnCase(
      file: file,
      lines: lines.filter { !$0.hasPrefix("<") }
        + (turns.isEmpty ? ["no turns"] : turns).map { "< \($0)" })
  }
}
