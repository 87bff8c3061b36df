import Foundation
import TestSupport
import Testing

/// The code cites sections of the specification, and its three texts cite each other: what is cited
/// has to be there.
@Suite struct CitationTests {
  static let texts = [
    "PROTOCOL": "Sources/Protocol/PROTOCOL.md",
    "ROLLOUTS": "Sources/Rollouts/ROLLOUTS.md",
    "HISTORY": "Sources/History/HISTORY.md",
  ]

  static let citing =
    Repository.swiftFiles(in: "Sources") + Repository.swiftFiles(in: "Tests")
    + texts.values.sorted()

  @Test(arguments: citing)
  func `a cited section is there`(_ file: String) throws {
    for citation in citations(in: try Repository.text(of: file)) {
      let text = try #require(Self.texts[citation.text])
      let sections = try sections(of: text)
      #expect(sections.contains(citation.section), "\(text) has no section \(citation.section)")
    }
  }

  @Test(arguments: texts.values.sorted())
  func `a text names sections of its own that are there`(_ file: String) throws {
    let sections = try sections(of: file)
    for reference in try Repository.text(of: file).matches(of: /\bsections? ([0-9]+(?:\.[0-9]+)*)/)
    {
      #expect(sections.contains(String(reference.1)))
    }
  }

  @Test func `citations are found, also several and over the end of a line`() {
    let found = citations(
      in: "(HISTORY.md 3, 5.1), by ROLLOUTS.md\n  /// 6.6, see PROTOCOL.md 5 and 6.")
    #expect(found.map(\.text) == ["HISTORY", "HISTORY", "ROLLOUTS", "PROTOCOL", "PROTOCOL"])
    #expect(found.map(\.section) == ["3", "5.1", "6.6", "5", "6"])
  }

  private func citations(in text: String) -> [(text: String, section: String)] {
    let line = text.replacing(/\n *\/\/+ */, with: " ")
    let citations = line.matches(
      of: /(PROTOCOL|ROLLOUTS|HISTORY)\.md((?:(?: |, | and )[0-9]+(?:\.[0-9]+)*)+)/)
    return citations.flatMap { citation in
      citation.2.matches(of: /[0-9]+(?:\.[0-9]+)*/).map { (String(citation.1), String($0.0)) }
    }
  }

  /// The numbers at the beginning of headings.
  private func sections(of text: String) throws -> Set<String> {
    let headings = try Repository.text(of: text).matches(of: /(?m)^##+ ([0-9]+(?:\.[0-9]+)*)/)
    return Set(headings.map { String($0.1) })
  }
}
