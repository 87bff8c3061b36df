import Foundation
import Platform
import TestSupport
import Testing

@Suite struct PathTests {
  @Test(arguments: [
    ("/a", "b", "/a/b"), ("/a/", "b", "/a/b"), ("/", "b", "/b"), ("/a", "/b", "/b"),
    ("", "b", "b"), ("a", "", "a"), ("a", "../b", "a/../b"),
  ])
  func `joining keeps one slash, and an absolute path`(base: String, path: String, whole: String) {
    #expect(Path.join(base, path) == whole)
  }

  @Test(arguments: [
    ("/a/./b", "/a/b"), ("/a//b///c/", "/a/b/c"), ("/a/b/..", "/a"), ("/a/../../b", "/b"),
    ("/..", "/"), ("/", "/"), ("//", "/"), ("", "."), (".", "."), ("a/..", "."), ("./a", "a"),
    ("../a", "../a"), ("../../a/../b", "../../b"), ("a/../..", ".."), ("/a/...", "/a/..."),
    ("/a/.b", "/a/.b"), ("/ä/ö/../ü", "/ä/ü"),
  ])
  func `normal form`(path: String, normal: String) {
    #expect(Path.normalize(path) == normal)
    #expect(Path.normalize(normal) == normal)
  }

  @Test(arguments: [
    ("/a/b", "b", "/a"), ("/a/b/", "b", "/a"), ("/a", "a", "/"), ("//a", "a", "/"),
    ("a", "a", "."), ("a//b", "b", "a"), ("/", "/", "/"), ("", "", "."),
  ])
  func `last component and directory`(path: String, last: String, directory: String) {
    #expect(Path.lastComponent(of: path) == last)
    #expect(Path.directory(of: path) == directory)
  }

  @Test func `only a tilde of its own means the home folder`() throws {
    let home = try #require(Environment.value("HOME"))
    #expect(Path.expandTilde("~") == home)
    #expect(Path.expandTilde("~/a/b") == Path.join(home, "a/b"))
    for path in ["~a", "a/~", "/~", "", "a"] { #expect(Path.expandTilde(path) == path) }
  }

  @Test func `real paths have no links`() throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: "real/file")
    try FileManager.default.createSymbolicLink(atPath: folder("link"), withDestinationPath: "real")
    #expect(try Path.real(folder("link/../link/file")) == folder("real/file"))
    let error = #expect(throws: SystemError.self) { try Path.real(folder("none")) }
    #expect(error?.isNotFound == true)
  }

  @Test func `the current folder is absolute`() {
    #expect(Path.current == FileManager.default.currentDirectoryPath)
  }

  @Test func `a variable is nil when it is not set, and may be empty`() {
    setenv("REPRISE_TEST_EMPTY", "", 1)
    #expect(Environment.value("REPRISE_TEST_EMPTY")?.isEmpty == true)
    #expect(Environment.value("REPRISE_TEST_MISSING") == nil)
  }

  @Test(arguments: [
    ("/a%20b%C3%A9", "/a bé"), ("%41", "A"), ("%4", "%4"), ("%", "%"), ("%+f%-0% 1", "%+f%-0% 1"),
    ("%4g", "%4g"), ("%%41", "%A"), ("%FF", "\u{FFFD}"), ("", ""),
  ])
  func `what is escaped is decoded, what only looks so stays`(_ text: String, _ decoded: String) {
    #expect(text.decodingEscapes(after: UInt8(ascii: "%"), digits: 2, radix: 16) == decoded)
  }
}
