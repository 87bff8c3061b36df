package import Foundation

/// The files of this repository, for the tests that look at them.
package enum Repository {
  package static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Names, such as `initialize.txt`.
  package static var exchanges: [String] { names(in: "Fixtures/exchanges") }

  /// What is directly in `folder`, sorted.
  package static func names(in folder: String) -> [String] {
    let path = root.appending(path: folder).path()
    return (try? FileManager.default.contentsOfDirectory(atPath: path).sorted()) ?? []
  }

  /// Paths of all Swift files below `folder`, from the root.
  package static func swiftFiles(in folder: String) -> [String] {
    let names = FileManager.default.subpaths(atPath: root.appending(path: folder).path()) ?? []
    return names.filter { $0.hasSuffix(".swift") }.map { "\(folder)/\($0)" }.sorted()
  }

  package static func text(of path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }
}
