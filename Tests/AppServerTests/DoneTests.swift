import Foundation
import Platform
import Synchronization
import TestSupport
import Testing

@testable import AppServer

/// A change that is made is answered with success, whatever fails behind it.
@Suite struct DoneTests {
  struct Change: CustomTestStringConvertible, Sendable {
    let method: String
    var params = ""
    var isPaginated = false
    /// What of the answer shows the change.
    let shows: String

    var testDescription: String { method + (isPaginated ? " of a paginated thread" : "") }
  }

  static let changes = [
    Change(method: "thread/rollback", params: #","numTurns":1"#, shows: #""turns":[{"id":"a""#),
    Change(
      method: "thread/rollback", params: #","numTurns":9"#, isPaginated: true,
      shows: #""turns":[]"#),
    Change(
      method: "thread/revert", params: #","beforeTurnId":"a""#, isPaginated: true,
      shows: #""turnsBackwardsCursor":null"#),
    Change(
      method: "thread/metadata/update", params: #","gitInfo":{"branch":"new"}"#,
      shows: #""branch":"new""#),
    Change(method: "thread/unarchive", shows: #"home/sessions/2026/03/01/rollout-"#),
    Change(method: "thread/fork", shows: #""turns":[{"id":"a""#),
  ]

  /// The files of the home, by their paths.
  private static func files(in home: String) -> [String: Data] {
    let names = (FileManager.default.subpaths(atPath: home) ?? []).filter {
      $0.contains("/rollout-")
    }
    return Dictionary(
      names.map { ($0, FileManager.default.contents(atPath: "\(home)/\($0)") ?? Data()) }
    ) { first, _ in first }
  }

  @Test(arguments: changes)
  func `a thread that cannot be read after its change is shown as it should be`(
    _ change: Change
  ) throws {
    let home = try WritableHome()
    let turns = ["a", "b"].flatMap { turn in
      [String.started(turn)]
        + (change.isPaginated ? [.completed("UserMessage", turn, in: turn)] : .said(turn))
        + [.ended(turn)]
    }
    try home.store(turns, isPaginated: change.isPaginated)
    if change.method == "thread/unarchive" {
      try home.ask("thread/archive", WritableHome.reference)
    } else {
      try home.ask("thread/resume", WritableHome.reference)
    }
    let (path, gone) = (home.folder("home"), home.folder("gone"))
    let before = Self.files(in: path)
    // All files go away as soon as the change is made.
    DiskAccess.watch(path) { _ in
      let now = Self.files(in: path)
      guard !now.isEmpty, now != before else { return }
      try? FileManager.default.createDirectory(atPath: gone, withIntermediateDirectories: true)
      for name in now.keys {
        let file = URL(filePath: name).lastPathComponent
        try? FileManager.default.moveItem(atPath: "\(path)/\(name)", toPath: "\(gone)/\(file)")
      }
    }
    let answer = try home.ask(change.method, WritableHome.reference + change.params)
    #expect(answer.contains(#""result""#) && answer.contains(change.shows), "\(answer)")
    #expect(Self.files(in: path).isEmpty)
    let warned = home.warnings.contains { $0.contains("the change is stored, but the thread") }
    #expect(warned == (change.method != "thread/fork"))
  }
}
