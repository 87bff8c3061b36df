import Platform
import TestSupport
import Testing

@Suite struct FileMoveTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("a", to: "from/a")
    try folder.write("b", to: "from/b")
    try folder.write("", to: "to/x")
  }

  var moves: [FileMove] {
    ["a", "b"].map { FileMove(from: folder("from/\($0)"), to: folder("to/\($0)")) }
  }

  @Test func `all files move`() throws {
    try FileMove.perform(moves)
    #expect(folder.names == ["from", "to", "to/a", "to/b", "to/x"])
    #expect(try folder.text(of: "to/b") == "b")
  }

  @Test func `nothing moves where one name is taken, and that file stays as it is`() throws {
    try folder.write("other", to: "to/b")
    #expect {
      try FileMove.perform(moves)
    } throws: { error in
      (error as? SystemError).map { $0.isExisting && $0.path == folder("to/b") } ?? false
    }
    #expect(folder.names == ["from", "from/a", "from/b", "to", "to/b", "to/x"])
    #expect(try folder.text(of: "to/b") == "other")
  }

  @Test func `nothing moves where one file is missing`() throws {
    try File.remove(folder("from/b"))
    #expect(throws: SystemError.self) { try FileMove.perform(moves) }
    #expect(folder.names == ["from", "from/a", "to", "to/x"])
  }

  @Test func `removing what is not there is no error`() throws {
    try File.remove(folder("nothing"))
  }
}
