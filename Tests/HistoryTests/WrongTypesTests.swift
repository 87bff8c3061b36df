import JSON
import Platform
import Protocol
import TestSupport
import Testing

/// Whatever type a member of a record has, clients get only what they know: each turn and item that is
/// made of it has the declared types.
@Suite struct WrongTypesTests {
  @Test(arguments: TurnCase.all)
  func `a member of another type never reaches a client`(_ example: TurnCase) throws {
    let rollout = example.rollout
    var generator = SeededGenerator(seed: 7)
    for (index, record) in rollout.records.enumerated() {
      for mutated in try MutatedJSON.all(of: record, using: &generator) {
        var changed = rollout
        changed.records[index] = mutated
        let lines = try StoredRollout(changed.bytes).wireTurns()
        for line in lines {
          #expect(throws: Never.self, "\(String(decoding: mutated, as: UTF8.self)): \(line)") {
            try check(line)
          }
        }
      }
    }
  }

  /// - Throws: Where the line is neither a turn nor an item as declared.
  private func check(_ line: String) throws {
    try withJSON(Array(line.utf8)) { (json) throws(JSONError) in
      guard json["type"] != nil else {
        _ = try Turn(json: json)
        return
      }
      switch try ThreadItem(json: json) {
      case .functionCallOutput:
        guard let output = json["output"], output.kind != .object else {
          throw JSONError("an output that is no text and no parts")
        }
        _ = try FunctionCallOutputBody(json: output)
      case .webSearch:
        guard json.present("results").map({ $0.kind == .array }) ?? true else {
          throw JSONError("results that are no list")
        }
      default: break
      }
    }
  }
}
