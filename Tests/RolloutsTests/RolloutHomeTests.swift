import Foundation
import Rollouts
import System
import TestSupport
import Testing

@Suite struct RolloutHomeTests {
  let folder: TemporaryFolder
  let home: RolloutHome

  init() throws {
    folder = try TemporaryFolder()
    home = RolloutHome(path: folder.path)
  }

  static let a = "019cabcd-0000-7000-8000-00000000000a"
  static let b = "019cabcd-0000-7000-8000-00000000000b"

  // MARK: Listing

  @Test func `days come newest first, and only folders that are numbers count`() throws {
    for name in [
      "2025/12/31", "2026/01/02", "2026/01/10", "2026/2/1", "2026/01/notes", "2026/x/01",
      "backup/1/1",
      "-1/01/01",
    ] {
      try folder.write("", to: "sessions/\(name)/x")
    }
    try folder.write("", to: "sessions/2024")
    try folder.write("", to: "sessions/2026/03")
    let days = ["2026/2/1", "2026/01/10", "2026/01/02", "2025/12/31"]
    #expect(try home.dayFolders().map(\.path) == days.map { folder("sessions/\($0)") })
    #expect(try home.dayFolders().map(\.day?.day) == [1, 10, 2, 31])
    #expect(try home.dayFolders().allSatisfy { !$0.isArchived })
  }

  @Test func `an empty home has no days and no files`() throws {
    #expect(try home.dayFolders().isEmpty)
    #expect(try home.files(in: home.archive).isEmpty)
    #expect(try home.files(of: try System.UUID(Self.a)).isEmpty)
    #expect(folder.names.isEmpty, "looking makes nothing")
  }

  @Test func `files of a folder come newest first by name, the rest is ignored`() throws {
    let day = "sessions/2026/03/04"
    let names = [
      name(Self.a, at: "09-15-31"), name(Self.b, at: "09-15-30"), name(Self.a, at: "09-15-30"),
      name("\(Self.a) (1)", at: "09-15-30"), name(Self.a, at: "09-15-30") + ".zst",
    ]
    for name in names.shuffled() + [".DS_Store", "notes.txt", name(Self.a) + ".bak"] {
      try folder.write("", to: "\(day)/\(name)")
    }
    try folder.write("", to: "\(day)/\(name(Self.b, at: "00-00-00"))/inside")
    let listed = try home.files(in: try #require(try home.dayFolders().first))
    #expect(listed.map(\.path) == names.map { folder("\(day)/\($0)") })
  }

  @Test func `the archive is one flat folder`() throws {
    let path = try folder.write("", to: "archived_sessions/\(name(Self.a))")
    try folder.write("", to: "archived_sessions/2026/03/04/\(name(Self.b))")
    let files = try home.files(in: home.archive)
    #expect(files.map(\.path) == [path])
    #expect(files.map(\.isArchived) == [true])
  }

  // MARK: Searching

  @Test func `an id is found wherever a file of it lies`() throws {
    let expected = try [
      "sessions/2026/03/04/\(name(Self.a))",
      "sessions/\(name(Self.a, at: "10-00-00"))",
      "sessions/kept/by/hand/and/deeper/\(name(Self.a))",
      "sessions/2026/03/05/\(name("\(Self.a)_\(Self.b)"))",
      "sessions/2026/03/06/\(name("\(Self.b)_\(Self.a)"))",
      "sessions/2026/03/07/\(name(Self.a.uppercased()))",
      "archived_sessions/\(name(Self.a)).zst",
      "archived_sessions/old/\(name("\(Self.a) (1)"))",
    ].map { try folder.write("", to: $0) }
    for other in ["sessions/2026/03/04/\(name(Self.b))", "elsewhere/\(name(Self.a))", name(Self.a)]
    {
      try folder.write("", to: other)
    }
    let found = try home.files(of: try System.UUID(Self.a))
    #expect(Set(found.map(\.path)) == Set(expected))
    #expect(found.count == expected.count)
  }

  @Test func `the file that counts comes first`() throws {
    let names = [
      "sessions/2026/03/04/\(name(Self.a))",
      "sessions/2026/03/04/\(name("\(Self.a) (1)"))",
      "sessions/2026/03/04/\(name(Self.a)).zst",
      "archived_sessions/\(name(Self.a))",
      "archived_sessions/\(name(Self.a)).zst",
    ]
    for name in names.shuffled() { try folder.write("", to: name) }
    let found = try home.files(of: try System.UUID(Self.a))
    #expect(found.map(\.path) == names.map { folder($0) })
    #expect(found.map(\.isArchived) == [false, false, false, true, true])
  }

  // MARK: Links

  @Test func `sessions and the home may be links, and paths keep them`() throws {
    let file = "2026/03/04/\(name(Self.a))"
    try folder.write("", to: "disk/threads/\(file)")
    try folder.write("", to: "disk/home/config.toml")
    try link("disk/home/sessions", to: "../threads")
    try link("home", to: "disk/home")
    let home = RolloutHome(path: folder("home"))
    let path = folder("home/sessions/\(file)")
    #expect(try home.files(of: try System.UUID(Self.a)).map(\.path) == [path])
    #expect(try home.files(in: try home.dayFolders()[0]).map(\.path) == [path])
  }

  @Test func `links below the root are not followed`() throws {
    try folder.write("", to: "outside/\(name(Self.a))")
    try folder.write("", to: "sessions/2026/03/04/\(name(Self.b))")
    try link("sessions/2026/03/05", to: folder("outside"))
    try link("sessions/2026/03/04/\(name(Self.a))", to: folder("outside/\(name(Self.a))"))
    try link("sessions/2026/03/04/loop", to: "../..")
    #expect(try home.files(of: try System.UUID(Self.a)).isEmpty)
    #expect(try home.files(of: try System.UUID(Self.b)).count == 1)
    #expect(try home.dayFolders().map(\.path) == [folder("sessions/2026/03/04")])
    #expect(try home.files(in: try home.dayFolders()[0]).count == 1)
  }

  private func name(_ ids: String, at time: String = "09-15-30") -> String {
    "rollout-2026-03-04T\(time)-\(ids).jsonl"
  }

  private func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: folder(name), withDestinationPath: target)
  }
}
