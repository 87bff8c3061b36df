import Foundation
import Platform
import TestSupport
import Testing

@testable import Rollouts

@Suite struct RolloutListingTests {
  let folder: TemporaryFolder
  let listing: RolloutListing

  init() throws {
    folder = try TemporaryFolder()
    listing = RolloutListing(home: folder.path)
  }

  static let a = "019cabcd-0000-7000-8000-00000000000a"
  static let b = "019cabcd-0000-7000-8000-00000000000b"

  // MARK: What counts

  @Test func `days come newest first, and only folders that are numbers are listed`() throws {
    let days = ["2026/2/1", "2026/01/10", "2026/01/02", "2025/12/31"]
    let others = ["2026/01/notes", "2026/x/01", "backup/1/1", "-1/01/01", "2026/01/02/03", "2026"]
    for (number, day) in (days.shuffled() + others).enumerated() {
      try folder.write("", to: "sessions/\(day)/\(name(number))")
    }
    try folder.write("", to: "sessions/2024")
    try folder.write("", to: "sessions/2026/03")
    let files = try all()
    #expect(
      files.filter(\.folder.isListed).map(\.folder.path) == days.map { folder("sessions/\($0)") })
    #expect(files.count == days.count + others.count)
    #expect(files.allSatisfy { !$0.isArchived })
  }

  @Test func `a day that the calendar does not have is the last of its month`() throws {
    try folder.write("", to: "sessions/2026/02/31/\(name(1))")
    try folder.write("", to: "sessions/2026/13/01/\(name(2))")
    let days = try Set(all().map(\.day))
    #expect(days == [20_512, 20_788], "2026-02-28 and 2026-12-01")
  }

  @Test func `an empty home has no files`() throws {
    #expect(try all().isEmpty)
    #expect(folder.names.isEmpty, "looking makes nothing")
  }

  @Test func `what is no rollout is ignored`() throws {
    let day = "sessions/2026/03/04"
    let names = [
      name(Self.a, at: "09-15-31"), name(Self.b, at: "09-15-30"), name(Self.a, at: "09-15-30"),
      name("\(Self.a) (1)", at: "09-15-30"), name(Self.a, at: "09-15-30") + ".zst",
      name(Self.b.uppercased(), at: "09-15-32"),
    ]
    for name in names + [".DS_Store", "notes.txt", name(Self.a) + ".bak"] {
      try folder.write("", to: "\(day)/\(name)")
    }
    try folder.write("", to: "\(day)/\(name(Self.b, at: "00-00-00"))/inside")
    #expect(try Set(all().map(\.path)) == Set(names.map { folder("\(day)/\($0)") }))
  }

  @Test func `the archive is one flat folder`() throws {
    let path = try folder.write("", to: "archived_sessions/\(name(Self.a))")
    try folder.write("", to: "archived_sessions/2026/03/04/\(name(Self.b))")
    #expect(try all().filter(\.folder.isListed).map(\.path) == [path])
    #expect(try all().map(\.isArchived) == [true, true])
  }

  // MARK: Ids

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
    let found = try listing.all().naming(Platform.UUID(Self.a)).map(\.path)
    #expect(Set(found) == Set(expected))
    #expect(found.count == expected.count)
    #expect(try listing.all().groups.filter { !$0.isEmpty }.count == 1, "all share an id")
  }

  @Test func `a base is named by its last id, and the file that counts comes first`() throws {
    let names = [
      "sessions/2026/03/04/\(name(Self.a))",
      "sessions/2026/03/04/\(name("\(Self.a) (1)"))",
      "sessions/2026/03/04/\(name(Self.a)).zst",
      "archived_sessions/\(name(Self.a))",
      "archived_sessions/\(name(Self.a)).zst",
    ]
    for name in names { try folder.write("", to: name) }
    try folder.write("", to: "sessions/2026/03/05/\(name("\(Self.a)_\(Self.b)"))")
    for name in names {
      #expect(try listing.all().base(Platform.UUID(Self.a))?.path == folder(name))
      try FileManager.default.removeItem(atPath: folder(name))
    }
    #expect(try listing.all().base(Platform.UUID(Self.a)) == nil)
    #expect(try listing.all().base(Platform.UUID(Self.b)) != nil)
  }

  // MARK: Changes

  @Test func `whatever happens in the folders is known at the next look`() throws {
    let day = "sessions/2026/03/04"
    var expected: Set<String> = []
    for round in 1...6 {
      expected.insert(try folder.write("", to: "\(day)/\(name(round))"))
      #expect(try paths() == expected, "round \(round): a file came")
      expected.insert(try folder.write("", to: "sessions/2026/0\(round)/09/\(name(10 + round))"))
      #expect(try paths() == expected, "round \(round): folders came")
      #expect(try listing.all() === listing.all(), "round \(round): nothing happened")
      try FileManager.default.removeItem(atPath: folder("\(day)/\(name(round))"))
      expected.remove(folder("\(day)/\(name(round))"))
      #expect(try paths() == expected, "round \(round): a file went")
    }
    try FileManager.default.moveItem(atPath: folder("sessions/2026"), toPath: folder("sessions/x"))
    #expect(try paths() == Set(expected.map { $0.replacing("sessions/2026", with: "sessions/x") }))
    try FileManager.default.removeItem(atPath: folder("sessions/x"))
    #expect(try paths().isEmpty)
    let archived = try folder.write("", to: "archived_sessions/\(name(1))")
    #expect(try paths() == [archived], "the archive came")
  }

  @Test func `a folder whose time is put back is read again`() throws {
    let day = folder("sessions/2026/03/04")
    let old = Date(timeIntervalSince1970: 1_700_000_000.25)
    for number in 1...4 {
      try folder.write("", to: "sessions/2026/03/04/\(name(number))")
      try FileManager.default.setAttributes([.modificationDate: old], ofItemAtPath: day)
      #expect(try paths().count == number)
    }
  }

  @Test func `links may be turned to other folders at any time`() throws {
    for (number, target) in ["one", "two"].enumerated() {
      try folder.write("", to: "\(target)/2026/03/04/\(name(number))")
    }
    for target in ["one", "two", "one", "two"] {
      try? FileManager.default.removeItem(atPath: folder("sessions"))
      try link("sessions", to: target)
      #expect(try paths() == [folder("sessions/2026/03/04/\(name(target == "one" ? 0 : 1))")])
    }
  }

  @Test func `a folder that cannot be read is named for as long as that lasts`() throws {
    let file = try folder.write("", to: "disk/2026/03/04/\(name(1))")
    try link("sessions", to: "disk")
    for _ in 1...3 { #expect(try paths().count == 1) }
    try FileManager.default.removeItem(atPath: folder("sessions"))
    try link("sessions", to: "sessions")
    for _ in 1...3 {
      #expect(try paths().isEmpty)
      #expect(try listing.all().unread.map(\.folder.path) == [folder("sessions")])
    }
    try FileManager.default.removeItem(atPath: folder("sessions"))
    try link("sessions", to: "disk")
    #expect(try paths() == [file.replacing("/disk/", with: "/sessions/")])
    #expect(try listing.all().unread.isEmpty)
  }

  @Test func `only folders of a day or later may hold what was made since`() throws {
    let denied = [
      "sessions/2025", "sessions/2026/02", "sessions/2026/04/05", "sessions/kept",
      "sessions/2026/1/x",
    ]
    for path in denied { try folder.write("", to: "\(path)/1/\(name(1))") }
    DiskAccess.fail(folder.path) { [folder] path, _ in
      denied.contains { folder($0) == path } ? 13 : nil
    }
    func unread(since day: Int) throws -> Set<String> {
      Set(try listing.all().unread.filter { $0.folder.lastDay >= day }.map(\.folder.path))
    }
    #expect(try unread(since: 0) == Set(denied.map { folder($0) }))
    let always = Set(denied[3...].map { folder($0) })
    #expect(try unread(since: 20_454) == Set(denied[1...].map { folder($0) }), "2026-01-01")
    #expect(try unread(since: 20_512).count == 4, "2026-02-28")
    #expect(try unread(since: 20_513) == always.union([folder("sessions/2026/04/05")]))
    #expect(try unread(since: 20_549) == always)
  }

  @Test func `the newest days are enough until everything is known`() throws {
    for number in 10...19 {
      try folder.write("", to: "sessions/2026/03/\(number)/\(name(number))")
    }
    try folder.write("", to: "archived_sessions/\(name(1))")
    let newest = try listing.newest(3)
    #expect(
      newest.groups.flatMap { $0 }.map(\.path)
        == (16...19).reversed().map {
          folder("sessions/2026/03/\($0)/\(name($0))")
        })
    #expect(newest.firstDay == 20_528, "2026-03-16")
    #expect(try listing.newest(3) === newest)
    try folder.write("", to: "sessions/2026/04/01/\(name(20))")
    #expect(try listing.newest(3).groups.count == 4)
    #expect(try listing.newest(3).firstDay == 20_529)
    #expect(try listing.newest(100).firstDay == nil)
    #expect(try listing.all().groups.count == 12)
    #expect(try listing.newest(3) === listing.all())
  }

  // MARK: Links

  @Test func `sessions and the home may be links, and paths keep them`() throws {
    let file = "2026/03/04/\(name(Self.a))"
    try folder.write("", to: "disk/threads/\(file)")
    try folder.write("", to: "disk/home/config.toml")
    try link("disk/home/sessions", to: "../threads")
    try link("home", to: "disk/home")
    let listing = RolloutListing(home: folder("home"))
    let path = folder("home/sessions/\(file)")
    #expect(try listing.all().naming(Platform.UUID(Self.a)).map(\.path) == [path])
  }

  @Test func `links below the root are not followed`() throws {
    try folder.write("", to: "outside/\(name(Self.a))")
    try folder.write("", to: "sessions/2026/03/04/\(name(Self.b))")
    try link("sessions/2026/03/05", to: folder("outside"))
    try link("sessions/2026/03/04/\(name(Self.a))", to: folder("outside/\(name(Self.a))"))
    try link("sessions/2026/03/04/loop", to: "../..")
    #expect(try all().map(\.path) == [folder("sessions/2026/03/04/\(name(Self.b))")])
  }

  private func all() throws -> [RolloutFile] { try listing.all().groups.flatMap { $0 } }
  private func paths() throws -> Set<String> { Set(try all().map(\.path)) }

  private func name(_ number: Int) -> String {
    name("019cabcd-0000-7000-8000-0000000000\(number < 10 ? "0" : "")\(number)")
  }

  private func name(_ ids: String, at time: String = "09-15-30") -> String {
    "rollout-2026-03-04T\(time)-\(ids).jsonl"
  }

  private func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: folder(name), withDestinationPath: target)
  }
}
