import Foundation
import TestSupport
import Testing

@testable import Library
@testable import Platform
@testable import Rollouts

/// Which thread a path that a client gives leads to.
@Suite struct RolloutPathTests {
  static let a = "019c1000-0000-7000-8000-00000000000a"
  static let name = "rollout-2026-01-05T10-00-00-\(a).jsonl"
  static let meta =
    #"{"timestamp":"2026-01-05T10:00:00.000Z","type":"session_meta","payload":{"id":"\#(a)"}}"#
    + "\n"

  let folder: TemporaryFolder
  let store: RolloutStore

  init() throws {
    folder = try TemporaryFolder()
    store = RolloutStore(home: folder("home"))
  }

  private func location(_ path: String) throws -> ThreadLocation {
    try store.find(atPath: path, relativeTo: folder("work")).location
  }

  @Test func `an absolute path is read as it is, in the home or outside`() throws {
    for file in [
      "home/sessions/2026/01/05/\(Self.name)", "elsewhere/\(Self.name)", "elsewhere/mine",
    ] {
      let path = try folder.write(Self.meta, to: file)
      let id = try Platform.UUID(Self.a)
      #expect(try location(path) == .init(id: id, path: path, isArchived: false))
    }
  }

  @Test func `a relative path counts from the home, else from the directory`() throws {
    let inWork = try folder.write(Self.meta, to: "work/sessions/mine.jsonl")
    #expect(try location("sessions/mine.jsonl").path == inWork)
    let inHome = try folder.write(Self.meta, to: "home/sessions/mine.jsonl")
    #expect(try location("sessions/mine.jsonl").path == inHome)
    #expect(try location("./sessions/../sessions//mine.jsonl").path == inHome)
    #expect(try location("../work/sessions/mine.jsonl").path == inWork)
  }

  @Test func `an archived file is said to be`() throws {
    try folder.write(Self.meta, to: "home/archived_sessions/\(Self.name)")
    #expect(try location("archived_sessions/\(Self.name)").isArchived)
  }

  @Test func `a link is followed, and keeps its path`() throws {
    try folder.write(Self.meta, to: "disk/mine.jsonl")
    try FileManager.default.createSymbolicLink(
      atPath: folder("link.jsonl"), withDestinationPath: folder("disk/mine.jsonl"))
    #expect(try location(folder("link.jsonl")).path == folder("link.jsonl"))
  }

  @Test func `a path from before the home was moved means the file of that name`() throws {
    let path = try folder.write(Self.meta, to: "home/sessions/2026/01/05/\(Self.name)")
    #expect(try location("/old/home/sessions/2026/01/05/\(Self.name)").path == path)
    #expect(throws: LibraryError.badPath("sessions/2025/\(Self.name)", .missing)) {
      try location("sessions/2025/\(Self.name)")
    }
  }

  @Test(arguments: ["home/sessions/2026/01/05/", "elsewhere/"])
  func `a path from before a file was compressed, or unpacked, means that file`(
    _ where: String
  ) throws {
    let plain = folder("\(`where`)\(Self.name)")
    let packed = plain + ".zst"
    try folder.write(ZstdFrame.storing(Array(Self.meta.utf8)), to: "\(`where`)\(Self.name).zst")
    #expect(try location(plain).path == packed)
    #expect(try location(packed).path == packed)
    try FileManager.default.removeItem(atPath: packed)
    try folder.write(Self.meta, to: "\(`where`)\(Self.name)")
    #expect(try location(packed).path == plain)
  }

  @Test func `a path from before the home was moved means the compressed file too`() throws {
    let day = "sessions/2026/01/05/\(Self.name)"
    try folder.write(ZstdFrame.storing(Array(Self.meta.utf8)), to: "home/\(day).zst")
    #expect(try location("/old/home/\(day)").path == folder("home/\(day).zst"))
  }

  @Test func `what is no file is told`() throws {
    try folder.write("", to: "home/folder/x")
    #expect(throws: LibraryError.badPath("missing", .missing)) { try location("missing") }
    #expect(throws: LibraryError.badPath("folder", .directory)) { try location("folder") }
    #expect(throws: LibraryError.badPath("/dev/null", .special)) { try location("/dev/null") }
    mkfifo(folder("pipe"), 0o600)
    #expect(throws: LibraryError.badPath(folder("pipe"), .special)) { try location(folder("pipe")) }
  }

  @Test func `a file that no name tells is told by its header, or by nothing`() throws {
    let path = try folder.write(
      #"{"timestamp":"x","type":"compacted","payload":{}}"#, to: "elsewhere/mine.jsonl")
    #expect(throws: LibraryError.nameless(path: path)) { try location(path) }
    for nothing in ["[]\n", "\n \n", "no JSON"] {
      try folder.write(nothing, to: "elsewhere/mine.jsonl")
      #expect(throws: LibraryError.empty(path: path, hasNoBytes: false)) { try location(path) }
    }
    try folder.write("", to: "elsewhere/mine.jsonl")
    #expect(throws: LibraryError.empty(path: path, hasNoBytes: true)) { try location(path) }
    let bare = #"{"id":"\#(Self.a)","timestamp":"2025-07-01T10:00:00.000Z","instructions":null}"#
    try folder.write(bare, to: "elsewhere/mine.jsonl")
    #expect(try location(path).id.description == Self.a)
  }

  @Test func `a header may stand within the first MiB`() throws {
    let padding = String(repeating: "x", count: 1023) + "\n"
    let near = String(repeating: padding, count: 1000) + Self.meta
    #expect(try location(folder.write(near, to: "near")).id.description == Self.a)
    let far = String(repeating: padding, count: 1100) + Self.meta
    let path = try folder.write(far, to: "far")
    #expect(throws: LibraryError.nameless(path: path)) { try location(path) }
  }

  @Test func `a header may be long`() throws {
    let text = String(repeating: "x", count: 5_000_000)
    let meta = Self.meta.replacing(
      "{\"id\"", with: #"{"base_instructions":{"text":"\#(text)"},"id""#)
    #expect(try location(folder.write(meta, to: "long")).id.description == Self.a)
  }
}
