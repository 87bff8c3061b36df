import TestSupport
import Testing

/// Each case of `Fixtures/turns`: the tables of what records come to.
@Suite struct TurnTests {
  @Test(arguments: TurnCase.all)
  func `records come to turns`(_ example: TurnCase) throws {
    if TurnCase.isUpdating { return }
    let turns = try example.rollout.turns()
    #expect((turns.isEmpty ? ["no turns"] : turns) == example.expected)
  }

  @Test(arguments: Repository.names(in: TurnCase.folder))
  func `fixtures can be rewritten`(_ file: String) throws {
    if TurnCase.isUpdating { try TurnCase.update(file) }
    #expect(try !TurnCase.cases(of: file).isEmpty)
  }
}
