import Foundation
import TestSupport
import Testing

@testable import Library
@testable import Platform
@testable import Rollouts

/// Which file belongs to which thread.
@Suite struct RolloutStoreTests {
  let folder: TemporaryFolder
  let store: RolloutStore

  init() throws {
    folder = try TemporaryFolder()
    store = RolloutStore(home: folder("home"))
  }

  static let a = "019c1000-0000-7000-8000-00000000000a"
  static let b = "019c1000-0000-7000-8000-00000000000b"
  static let c = "019c1000-0000-7000-8000-00000000000c"
  static let day = "sessions/2026/01/05"

  private func name(_ ids: String, at time: String = "10-00-00") -> String {
    "rollout-2026-01-05T\(time)-\(ids).jsonl"
  }

  private func meta(_ id: String?, _ members: String = "", time: String = "10:00:00") -> String {
    let id = id.map { #""id":"\#($0)""# } ?? #""cwd":"/w""#
    return
      #"{"timestamp":"2026-01-05T\#(time).000Z","type":"session_meta","payload":{\#(id)\#(members)}}"#
      + "\n"
  }

  /// Writes a file below the home.
  @discardableResult
  private func write(_ text: String, to path: String) throws -> String {
    try folder.write(text, to: "home/\(path)")
  }

  private func id(_ text: String) throws -> Platform.UUID { try Platform.UUID(text) }

  private func path(of thread: String) throws -> String { try store.find(id(thread)).location.path }

  // MARK: By id

  @Test func `a thread is found by the name of its file`() throws {
    let path = try write(meta(Self.a), to: "\(Self.day)/\(name(Self.a))")
    try write(meta(Self.b), to: "\(Self.day)/\(name(Self.b))")
    #expect(
      try store.find(id(Self.a)).location
        == .init(id: try id(Self.a), path: path, isArchived: false))
  }

  @Test func `an archived thread is found, and said to be`() throws {
    let path = try write(meta(Self.a), to: "archived_sessions/\(name(Self.a))")
    #expect(
      try store.find(id(Self.a)).location == .init(id: try id(Self.a), path: path, isArchived: true)
    )
  }

  @Test func `nothing is found where nothing is`() throws {
    #expect(throws: LibraryError.notFound(try id(Self.a))) { try store.find(id(Self.a)).location }
    try write(meta(Self.b), to: "\(Self.day)/\(name(Self.b))")
    #expect(throws: LibraryError.notFound(try id(Self.a))) { try store.find(id(Self.a)).location }
  }

  @Test func `an id that only the header tells finds the thread; the name's id finds it too`()
    throws
  {
    let path = try write(meta(Self.a), to: "\(Self.day)/\(name(Self.b))")
    for alias in [Self.a, Self.b] {
      let location = try store.find(id(alias)).location
      #expect(location.path == path)
      #expect(location.id.description == Self.a)
    }
  }

  @Test func `a file that is named by the id comes before one whose header tells it`() throws {
    try write(meta(Self.a), to: "\(Self.day)/\(name(Self.b))")
    let path = try write(meta(Self.a), to: "\(Self.day)/\(name(Self.a))")
    #expect(try self.path(of: Self.a) == path)
  }

  @Test func `behind the id of its root a name tells the thread`() throws {
    let root = try write(meta(Self.a), to: "\(Self.day)/\(name(Self.a))")
    let child = try write(
      meta(Self.a), to: "\(Self.day)/\(name("\(Self.a)_\(Self.b)", at: "11-00-00"))")
    #expect(try path(of: Self.a) == root)
    #expect(try path(of: Self.b) == child)
    #expect(try store.find(id(Self.b)).location.id.description == Self.b)
  }

  /// A thread and segments of it, each by its id and the time in its name; the first is the newest.
  @Test(arguments: [
    // By their ids, which tell the time, whatever the clock on the wall showed.
    [("019c1000-0000-7000-8000-00000000000c", "11-00-00"), (b, "12-00-00")],
    [("019c1000-0001-7000-8000-000000000001", "10-00-00"), (c, "10-00-00"), (b, "10-00-01")],
    // By their names where an id tells no time, and by ids in one second.
    [("019c1000-0000-4000-8000-00000000000b", "12-00-00"), (c, "11-00-00")],
    [(b, "12-00-00"), ("f19c1000-0000-4000-8000-00000000000c", "11-00-00")],
    [("f19c1000-0000-4000-8000-00000000000c", "12-00-00"), (b, "12-00-00")],
  ])
  func `the newest segment is the head of its thread`(_ segments: [(id: String, time: String)])
    throws
  {
    let ordinal =
      #"{"timestamp":"2026-01-05T10:00:00.000Z","ordinal":3,"type":"session_meta","payload":{"id":"\#(Self.a)"}}"#
    let base = #","history_base":{"thread_id":"\#(Self.a)","end_byte_offset":1}"#
    try write(meta(Self.a), to: "\(Self.day)/\(name(Self.a))")
    let paths = try segments.enumerated().map { number, segment in
      try write(
        number == 0 ? ordinal : meta(Self.a, base),
        to: "\(Self.day)/\(name("\(Self.a)_\(segment.id)", at: segment.time))")
    }
    #expect(try path(of: Self.a) == paths[0])
    #expect(try store.find(id(Self.a)).location.id.description == Self.a)
  }

  @Test func `of copies the active, the plain, the original and then the newest counts`() throws {
    let paths = [
      "archived_sessions/\(name(Self.a))", "\(Self.day)/\(name(Self.a)).zst",
      "\(Self.day)/\(name("\(Self.a) (1)"))", "\(Self.day)/\(name(Self.a))",
    ]
    for path in paths {
      let written = try write(meta(Self.a), to: path)
      #expect(try self.path(of: Self.a) == written)
    }
  }

  @Test func `of two equal files the one with the newer last record counts`() throws {
    let old = meta(Self.a)
    for (first, second) in [
      ("sessions/2026/01/05", "sessions/2026/01/06"),
      ("sessions/2026/01/08", "sessions/2026/01/07"),
    ] {
      try write(old, to: "\(second)/\(name(Self.a))")
      let path = try write(
        old + meta(Self.a, time: "23:\(first.suffix(2)):00"), to: "\(first)/\(name(Self.a))")
      #expect(try self.path(of: Self.a) == path)
    }
  }

  @Test(arguments: [
    "", "\n\0\n", "{\"type\":", #"{"timestamp":7,"type":"session_meta","payload":{"id":"nobody"}}"#,
  ])
  func `without a header that tells, the name does`(_ text: String) throws {
    let path = try write(text, to: "\(Self.day)/\(name(Self.a))")
    #expect(try self.path(of: Self.a) == path)
  }

  @Test func `a file that changed is looked at again`() throws {
    try write(meta(Self.a), to: "\(Self.day)/\(name(Self.c))")
    #expect(try store.find(id(Self.a)).location.id.description == Self.a)
    try write(meta(Self.b, #","cwd":"/w""#), to: "\(Self.day)/\(name(Self.c))")
    #expect(try store.find(id(Self.b)).location.id.description == Self.b)
    #expect(throws: LibraryError.notFound(try id(Self.a))) { try store.find(id(Self.a)).location }
  }

  @Test func `sessions may be a link`() throws {
    try folder.write(meta(Self.a), to: "disk/2026/01/05/\(name(Self.a))")
    try FileManager.default.createDirectory(
      atPath: folder("home"), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: folder("home/sessions"), withDestinationPath: "../disk")
    #expect(try path(of: Self.a) == folder("home/\(Self.day)/\(name(Self.a))"))
  }

  @Test func `a thread's chain is looked up by the last ids of names, archived ones too`() throws {
    try write(meta(Self.a), to: "archived_sessions/\(name("\(Self.c)_\(Self.a)"))")
    let base = #","history_base":{"thread_id":"\#(Self.a)","end_ordinal_exclusive":9}"#
    try write(meta(Self.b, base), to: "\(Self.day)/\(name(Self.b))")
    let chain = try store.chain(store.find(id(Self.b)))
    #expect(chain.links.count == 2)
    #expect(chain.problems.isEmpty)
  }
}
