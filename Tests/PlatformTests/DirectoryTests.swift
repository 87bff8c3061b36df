import Foundation
import Platform
import TestSupport
import Testing

@Suite struct DirectoryTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func `entries have their names and kinds`() throws {
    try folder.write("", to: "file")
    try folder.write("", to: ".hidden")
    try folder.write("", to: "größe 1 (1).jsonl")
    try folder.write("", to: "folder/inside")
    try FileManager.default.createSymbolicLink(
      atPath: folder("link"), withDestinationPath: "folder")
    try #require(mkfifo(folder("pipe"), 0o600) == 0)
    let entries = try Directory.entries(at: folder.path).sorted { $0.name < $1.name }
    #expect(
      entries.map(\.name) == [".hidden", "file", "folder", "größe 1 (1).jsonl", "link", "pipe"])
    #expect(entries.map(\.kind) == [.regular, .regular, .directory, .regular, .symlink, .other])
  }

  @Test func `names of any length come whole`() throws {
    let names = [1, 2, 3, 100, 255].map { String(repeating: "n", count: $0) }
    for name in names { try folder.write("", to: name) }
    #expect(try Directory.entries(at: folder.path).map(\.name).sorted() == names)
  }

  @Test func `an empty folder has no entries, a missing one is not found`() throws {
    #expect(try Directory.entries(at: folder.path).isEmpty)
    let error = #expect(throws: SystemError.self) { try Directory.entries(at: folder("none")) }
    #expect(error?.isNotFound == true)
  }

  @Test func `folders are made for their owner, with all above them`() throws {
    try Directory.create(folder("a/b/c"))
    #expect(folder.names == ["a", "a/b", "a/b/c"])
    for name in folder.names {
      #expect(try FileStatus(path: folder(name)).permissions == 0o700)
    }
    try Directory.create(folder("a/b/c"))
    try Directory.create(folder("a/b"))
    #expect(folder.names.count == 3, "what is there stays")
  }

  @Test func `a file in the way of a folder is an error`() throws {
    try folder.write("", to: "a")
    #expect(throws: SystemError.self) { try Directory.create(folder("a")) }
    #expect(throws: SystemError.self) { try Directory.create(folder("a/b")) }
  }

  @Test func `a folder goes with all that is in it, but not with what its links lead to`() throws {
    try folder.write("", to: "kept/file")
    try folder.write("", to: "removed/a/b/file")
    try folder.write("", to: "removed/.hidden")
    for name in ["link", "a/link"] {
      try FileManager.default.createSymbolicLink(
        atPath: folder("removed/\(name)"), withDestinationPath: folder("kept"))
    }
    try Directory.remove(folder("removed"))
    #expect(folder.names == ["kept", "kept/file"])
    try Directory.remove(folder("removed"))
    #expect(throws: SystemError.self) { try Directory.remove(folder("kept/file")) }
    #expect(folder.names == ["kept", "kept/file"])
  }
}
