import Foundation

/// The files of this repository, for the tests that look at them.
enum Repository {
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Names, such as `initialize.txt`.
  static var exchanges: [String] {
    let folder = root.appending(path: "Fixtures/exchanges").path()
    return (try? FileManager.default.contentsOfDirectory(atPath: folder).sorted()) ?? []
  }

  /// Paths of all Swift files below `folder`, from the root.
  static func swiftFiles(in folder: String) -> [String] {
    let names = FileManager.default.subpaths(atPath: root.appending(path: folder).path()) ?? []
    return names.filter { $0.hasSuffix(".swift") }.map { "\(folder)/\($0)" }.sorted()
  }

  static func text(of path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }
}
