import LibC
import TestSupport
import Testing

@testable import Platform

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
    try FileMove.perform(moves, .silent)
    #expect(folder.names == ["from", "to", "to/a", "to/b", "to/x"])
    #expect(try folder.text(of: "to/b") == "b")
  }

  @Test func `nothing moves where one name is taken, and that file stays as it is`() throws {
    try folder.write("other", to: "to/b")
    #expect {
      try FileMove.perform(moves, .silent)
    } throws: { error in
      (error as? SystemError).map { $0.isExisting && $0.path == folder("to/b") } ?? false
    }
    #expect(folder.names == ["from", "from/a", "from/b", "to", "to/b", "to/x"])
    #expect(try folder.text(of: "to/b") == "other")
  }

  @Test func `nothing moves where one file is missing`() throws {
    try File.remove(folder("from/b"))
    #expect(throws: SystemError.self) { try FileMove.perform(moves, .silent) }
    #expect(folder.names == ["from", "from/a", "to", "to/x"])
  }

  @Test func `what a kill left with both names is moved, and loses the old name`() throws {
    for name in ["a", "b"] { try #require(link(folder("from/\(name)"), folder("to/\(name)")) == 0) }
    try File.remove(folder("from/b"))
    try FileMove.perform([moves[0]], .silent)
    #expect(folder.names == ["from", "to", "to/a", "to/b", "to/x"])
    #expect(try folder.text(of: "to/a") == "a")
  }

  @Test func `files move in the given order, so that the rest can be moved after a kill`() throws {
    try FileMove.perform([moves[0]], .silent)
    #expect(folder.names == ["from", "from/b", "to", "to/a", "to/x"])
    try FileMove.perform([moves[1]], .silent)
    #expect(folder.names == ["from", "to", "to/a", "to/b", "to/x"])
  }

  @Test(arguments: [ENOSYS, EINVAL, ENOTSUP])
  func `without a system call for it no file is replaced either`(_ code: Int32) throws {
    let unsupported = { (_: String, _: String) -> Int32 in
      errno = code
      return -1
    }
    try moves[0].perform(with: unsupported)
    #expect(folder.names == ["from", "from/b", "to", "to/a", "to/x"])
    try folder.write("other", to: "to/b")
    #expect(throws: SystemError.self) { try moves[1].perform(with: unsupported) }
    #expect(try folder.text(of: "to/b") == "other")
    #expect(try folder.text(of: "from/b") == "b")
    try File.remove(folder("to/b"))
    try #require(link(folder("from/b"), folder("to/b")) == 0)
    try moves[1].perform(with: unsupported)
    #expect(folder.names == ["from", "to", "to/a", "to/b", "to/x"])
  }

  @Test func `removing what is not there is no error`() throws {
    try File.remove(folder("nothing"))
  }
}
