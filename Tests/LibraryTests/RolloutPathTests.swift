import Foundation
import TestSupport
import Testing

@testable import Rollouts
@testable import System

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

  private func place(_ path: String) throws -> RolloutStore.Place {
    try store.thread(atPath: path, relativeTo: folder("work"))
  }

  @Test func `an absolute path is read as it is, in the home or outside`() throws {
    for file in [
      "home/sessions/2026/01/05/\(Self.name)", "elsewhere/\(Self.name)", "elsewhere/mine",
    ] {
      let path = try folder.write(Self.meta, to: file)
      let id = try System.UUID(Self.a)
      #expect(try place(path) == .init(id: id, path: path, isArchived: false))
    }
  }

  @Test func `a relative path counts from the home, else from the directory`() throws {
    let inWork = try folder.write(Self.meta, to: "work/sessions/mine.jsonl")
    #expect(try place("sessions/mine.jsonl").path == inWork)
    let inHome = try folder.write(Self.meta, to: "home/sessions/mine.jsonl")
    #expect(try place("sessions/mine.jsonl").path == inHome)
    #expect(try place("./sessions/../sessions//mine.jsonl").path == inHome)
    #expect(try place("../work/sessions/mine.jsonl").path == inWork)
  }

  @Test func `an archived file is said to be`() throws {
    try folder.write(Self.meta, to: "home/archived_sessions/\(Self.name)")
    #expect(try place("archived_sessions/\(Self.name)").isArchived)
  }

  @Test func `a link is followed, and keeps its path`() throws {
    try folder.write(Self.meta, to: "disk/mine.jsonl")
    try FileManager.default.createSymbolicLink(
      atPath: folder("link.jsonl"), withDestinationPath: folder("disk/mine.jsonl"))
    #expect(try place(folder("link.jsonl")).path == folder("link.jsonl"))
  }

  @Test func `a path from before the home was moved means the file of that name`() throws {
    let path = try folder.write(Self.meta, to: "home/sessions/2026/01/05/\(Self.name)")
    #expect(try place("/old/home/sessions/2026/01/05/\(Self.name)").path == path)
    #expect(throws: StoreError.badPath("sessions/2025/\(Self.name)", .missing)) {
      try place("sessions/2025/\(Self.name)")
    }
  }

  @Test(arguments: ["home/sessions/2026/01/05/", "elsewhere/"])
  func `a path from before a file was compressed, or unpacked, means that file`(
    _ where: String
  ) throws {
    let plain = folder("\(`where`)\(Self.name)")
    let packed = plain + ".zst"
    try folder.write(ZstdFrame.storing(Array(Self.meta.utf8)), to: "\(`where`)\(Self.name).zst")
    #expect(try place(plain).path == packed)
    #expect(try place(packed).path == packed)
    try FileManager.default.removeItem(atPath: packed)
    try folder.write(Self.meta, to: "\(`where`)\(Self.name)")
    #expect(try place(packed).path == plain)
  }

  @Test func `a path from before the home was moved means the compressed file too`() throws {
    let day = "sessions/2026/01/05/\(Self.name)"
    try folder.write(ZstdFrame.storing(Array(Self.meta.utf8)), to: "home/\(day).zst")
    #expect(try place("/old/home/\(day)").path == folder("home/\(day).zst"))
  }

  @Test func `what is no file is told`() throws {
    try folder.write("", to: "home/folder/x")
    #expect(throws: StoreError.badPath("missing", .missing)) { try place("missing") }
    #expect(throws: StoreError.badPath("folder", .directory)) { try place("folder") }
    #expect(throws: StoreError.badPath("/dev/null", .special)) { try place("/dev/null") }
    mkfifo(folder("pipe"), 0o600)
    #expect(throws: StoreError.badPath(folder("pipe"), .special)) { try place(folder("pipe")) }
  }

  @Test func `a file that no name tells is told by its header, or by nothing`() throws {
    let path = try folder.write(
      #"{"timestamp":"x","type":"compacted","payload":{}}"#, to: "elsewhere/mine.jsonl")
    #expect(throws: StoreError.nameless(path: path)) { try place(path) }
    for nothing in ["[]\n", "\n \n", "no JSON"] {
      try folder.write(nothing, to: "elsewhere/mine.jsonl")
      #expect(throws: StoreError.empty(path: path, hasNoBytes: false)) { try place(path) }
    }
    try folder.write("", to: "elsewhere/mine.jsonl")
    #expect(throws: StoreError.empty(path: path, hasNoBytes: true)) { try place(path) }
    let bare = #"{"id":"\#(Self.a)","timestamp":"2025-07-01T10:00:00.000Z","instructions":null}"#
    try folder.write(bare, to: "elsewhere/mine.jsonl")
    #expect(try place(path).id.description == Self.a)
  }

  @Test func `a header may stand within the first MiB`() throws {
    let padding = String(repeating: "x", count: 1023) + "\n"
    let near = String(repeating: padding, count: 1000) + Self.meta
    #expect(try place(folder.write(near, to: "near")).id.description == Self.a)
    let far = String(repeating: padding, count: 1100) + Self.meta
    let path = try folder.write(far, to: "far")
    #expect(throws: StoreError.nameless(path: path)) { try place(path) }
  }

  @Test func `a header may be long`() throws {
    let text = String(repeating: "x", count: 5_000_000)
    let meta = Self.meta.replacing(
      "{\"id\"", with: #"{"base_instructions":{"text":"\#(text)"},"id""#)
    #expect(try place(folder.write(meta, to: "long")).id.description == Self.a)
  }
}
