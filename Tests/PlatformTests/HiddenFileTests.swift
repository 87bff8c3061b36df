import LibC
import TestSupport
import Testing

@testable import Platform

/// Files with hidden names, and what is left of them by processes that were killed.
@Suite struct HiddenFileTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("a", to: "a.jsonl")
  }

  @Test func `a hidden file gets its name back or goes away`() throws {
    do {
      let hidden = try HiddenFile(hiding: folder("a.jsonl"))
      #expect(folder.names.count == 1)
      #expect(folder.names[0].wholeMatch(of: /\.a\.jsonl\.[0-9a-f]{16}\.tmp/) != nil)
      hidden.restore(.silent)
    }
    #expect(try folder.text(of: "a.jsonl") == "a")
    try HiddenFile(hiding: folder("a.jsonl")).remove(.silent)
    #expect(folder.names == [])
  }

  @Test func `both names of a file can be hidden`() throws {
    try #require(link(folder("a.jsonl"), folder("b.jsonl")) == 0)
    let hidden = try ["a.jsonl", "b.jsonl"].map { try HiddenFile(hiding: folder($0)) }
    for file in hidden { file.remove(.silent) }
    #expect(folder.names == [])
  }

  @Test func `what is missing is not hidden`() {
    #expect(throws: SystemError.self) { _ = try HiddenFile(hiding: folder("b.jsonl")) }
  }

  @Test(arguments: [
    ".a.jsonl.tmp", ".a.jsonl.1.tmp", ".a.jsonl.2.tmp", ".a.jsonl.3.tmp", ".a.jsonl.deleted.tmp",
    ".a.jsonl.zst.deleted.tmp", ".a.jsonl.0123456789abcdef.tmp", ".a.0123456789abcdef.tmp",
  ])
  func `what a kill has left goes with the next write into the folder`(_ name: String) throws {
    try folder.write("torn", to: name)
    try AtomicFile(folder("b")).publish(.silent)
    #expect(folder.names == ["a.jsonl", "b"])
  }

  @Test(arguments: [
    ".a.tmp", "a.jsonl.tmp", ".a.jsonl", ".a.jsonl.0123456789abcdef", ".tmp",
    ".a.012345678abcdef.tmp",
    ".a.0123456789abcdeg.tmp", ".jsonl.tmp.d/x",
  ])
  func `files of others stay`(_ name: String) throws {
    try folder.write("theirs", to: name)
    HiddenFile.removeLeftovers(in: folder.path)
    #expect(try folder.text(of: name) == "theirs")
  }

  @Test func `what is in use stays, however it got its hidden name`() throws {
    let hidden = try HiddenFile(hiding: folder("a.jsonl"))
    let (created, path) = try HiddenFile.create(for: folder("b"))
    let before = folder.names
    HiddenFile.removeLeftovers(in: folder.path)
    #expect(folder.names == before)
    #expect(before.count == 2)
    close(created)
    HiddenFile.removeLeftovers(in: folder.path)
    #expect(folder.names.count == 1)
    #expect((try? FileStatus(path: path)) == nil)
    hidden.restore(.silent)
    #expect(folder.names == ["a.jsonl"])
  }

  @Test func `a file without a name is in use as soon as it has a hidden one`() throws {
    guard let descriptor = openNameless(in: folder.path) else { return }
    let path = try HiddenFile.name(descriptor, for: folder("b"))
    HiddenFile.removeLeftovers(in: folder.path)
    #expect((try? FileStatus(path: path)) != nil)
    close(descriptor)
    HiddenFile.removeLeftovers(in: folder.path)
    #expect(folder.names == ["a.jsonl"])
  }

  @Test func `a link with a hidden name is left alone`() throws {
    try #require(symlink(folder("a.jsonl"), folder(".a.jsonl.tmp")) == 0)
    HiddenFile.removeLeftovers(in: folder.path)
    #expect(folder.names == [".a.jsonl.tmp", "a.jsonl"])
  }
}
