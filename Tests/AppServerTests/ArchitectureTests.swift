import Foundation
import TestSupport
import Testing

/// ARCHITECTURE.md is true as far as names go: what it names is there.
@Suite struct ArchitectureTests {
  static let file = "Sources/ARCHITECTURE.md"

  @Test func `the tests of its invariants are there`() throws {
    let text = try Repository.text(of: Self.file)
    let rows = try #require(text.firstMatch(of: /(?s)\| what holds \|.*?\n\n/)).output
    let names = rows.matches(of: /\| `([^`|]+)` \([\w\/]+\) \|\n/).map { String($0.output.1) }
    #expect(names.count > 15)
    let tests = try Repository.swiftFiles(in: "Tests").map { try Repository.text(of: $0) }.joined()
    for name in names { #expect(tests.contains("func `\(name)`"), "no test is called \(name)") }
  }

  @Test func `the types that it names are there`() throws {
    let text = try Repository.text(of: Self.file)
    let sources = try Repository.swiftFiles(in: "Sources").map { try Repository.text(of: $0) }
    let words = Set(
      sources.joined().matches(of: /\b[A-Z][A-Za-z0-9]+\b/).map { String($0.output) }
        + Repository.swiftFiles(in: "Sources").compactMap { $0.split(separator: "/").last }
        .map { String($0.dropLast(".swift".count)) })
    for name in text.matches(of: /`([A-Z][a-z]\w+)[`.]/).map({ String($0.output.1) }) {
      #expect(
        words.contains(name) || Self.folders.contains(name), "nothing is called \(name)")
    }
  }

  @Test func `the files that it names are there`() throws {
    let text = try Repository.text(of: Self.file)
    let files = Repository.swiftFiles(in: "Sources")
    for name in text.matches(of: /`([\w\/+]+\.swift)`/).map({ String($0.output.1) }) {
      #expect(files.contains { $0.hasSuffix("/" + name) }, "there is no \(name)")
    }
  }

  /// What begins with a capital letter and is neither a type nor a file of Swift.
  private static let folders: Set = ["Makefile", "Dispatch", "Tests"]
}
