package import Foundation

/// The files of this repository, for the tests that look at them.
package enum Repository {
  package static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Where a file or folder of the repository is on this machine.
  package static func path(of name: String) -> String {
    root.appending(path: name).path(percentEncoded: false)
  }

  /// Names, such as `initialize.txt`.
  package static var exchanges: [String] { names(in: "Fixtures/exchanges") }

  /// What is directly in `folder`, sorted.
  package static func names(in folder: String) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: path(of: folder)).sorted()) ?? []
  }

  /// Paths of all Swift files below `folder`, from the root.
  package static func swiftFiles(in folder: String) -> [String] {
    let names = FileManager.default.subpaths(atPath: path(of: folder)) ?? []
    return names.filter { $0.hasSuffix(".swift") }.map { "\(folder)/\($0)" }.sorted()
  }

  package static func text(of path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }
}
