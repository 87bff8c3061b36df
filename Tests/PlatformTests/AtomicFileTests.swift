import Foundation
import Platform
import Synchronization
import TestSupport
import Testing

@Suite struct AtomicFileTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func `a file appears when it is published, whole and private`() throws {
    let file = try AtomicFile(folder("2026/03/a.jsonl"))
    try write("one\n", to: file)
    try write("two\n", to: file)
    #expect(folder.names.filter { !$0.hasSuffix(".tmp") } == ["2026", "2026/03"])
    try file.publish(.silent)
    #expect(folder.names == ["2026", "2026/03", "2026/03/a.jsonl"])
    #expect(try folder.text(of: "2026/03/a.jsonl") == "one\ntwo\n")
    #expect(try FileStatus(path: folder("2026/03/a.jsonl")).permissions == 0o600)
    #expect(try FileStatus(path: folder("2026/03")).permissions == 0o700)
  }

  @Test func `what was written can be read before and after it is published`() throws {
    let file = try AtomicFile(folder("a"))
    try write("one", to: file)
    let content = try file.content()
    #expect(try content.readAll(limit: 10) == Array("one".utf8))
    #expect(content.path == folder("a"))
    try file.publish(.silent)
    #expect(try content.readAll(limit: 10) == Array("one".utf8))
    #expect(try content.isNamed(folder("a")))
  }

  @Test func `without being published it leaves nothing behind`() throws {
    do {
      let file = try AtomicFile(folder("a"))
      try write("half", to: file)
    }
    #expect(folder.names.isEmpty)
  }

  @Test func `a name that is taken is not overwritten`() throws {
    try folder.write("old", to: "a")
    let file = try AtomicFile(folder("a"))
    try write("new", to: file)
    do {
      try file.publish(.silent)
      Issue.record("published over a file")
    } catch {
      #expect(error.isExisting)
    }
    #expect(folder.names == ["a"])
    #expect(try folder.text(of: "a") == "old")
  }

  @Test func `a file is replaced in one step and keeps its mode`() throws {
    try folder.write("old", to: "a")
    try #require(chmod(folder("a"), 0o644) == 0)
    let file = try AtomicFile(folder("a"))
    try write("new", to: file)
    #expect(try folder.text(of: "a") == "old")
    try file.replace(.silent)
    #expect(folder.names == ["a"])
    #expect(try folder.text(of: "a") == "new")
    #expect(try FileStatus(path: folder("a")).permissions == 0o644)
  }

  @Test(arguments: [false, true])
  func `a folder that cannot be brought to the disk takes back no change`(_ replaces: Bool) throws {
    if replaces { try folder.write("old", to: "2026/a") }
    let file = try AtomicFile(folder("2026/a"))
    try write("new", to: file)
    let lines = Lines()
    let (path, moved) = (folder("2026"), folder("moved"))
    DiskAccess.watch(path) { accessed in
      if accessed == path { rename(path, moved) }
    }
    let log = Log(.warn) { line in lines.all.withLock { $0.append(line) } }
    if replaces { try file.replace(log) } else { try file.publish(log) }
    #expect(try folder.text(of: "moved/a") == "new")
    let logged = lines.all.withLock(\.self)
    #expect(logged.count == 1)
    #expect(logged.first?.contains("open \(path): No such file or directory") == true)
  }

  private final class Lines: Sendable {
    let all = Mutex<[String]>([])
  }

  @Test func `a folder that cannot be made is an error`() throws {
    try folder.write("", to: "a")
    #expect(throws: SystemError.self) { _ = try AtomicFile(folder("a/b")) }
  }

  private func write(_ text: String, to file: borrowing AtomicFile) throws {
    try file.write(Array(text.utf8).span.bytes)
  }
}
