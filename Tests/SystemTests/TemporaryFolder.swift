import Foundation

/// A folder for one test, with real files; removed with the value.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    let template = NSTemporaryDirectory() + "reprise-" + Foundation.UUID().uuidString
    try FileManager.default.createDirectory(atPath: template, withIntermediateDirectories: true)
    path = URL(filePath: template).resolvingSymlinksInPath().path()
      .replacing(/\/+$/, with: "")
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }

  /// Writes a file, its folders included, and returns its path.
  @discardableResult
  func write(_ text: String, to name: String) throws -> String {
    let url = URL(filePath: self(name))
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
    return self(name)
  }

  func text(of name: String) throws -> String {
    try String(contentsOfFile: self(name), encoding: .utf8)
  }

  /// Every name below the folder, sorted.
  var names: [String] {
    (FileManager.default.subpaths(atPath: path) ?? []).sorted()
  }
}
