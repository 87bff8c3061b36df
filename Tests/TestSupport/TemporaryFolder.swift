import Foundation

/// A folder for one test, with real files; removed with the value.
package final class TemporaryFolder: Sendable {
  package let path: String

  package init() throws {
    let folder = NSTemporaryDirectory() + "reprise-" + Foundation.UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    path = URL(filePath: folder).resolvingSymlinksInPath().path(percentEncoded: false)
      .replacing(/\/$/, with: "")
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// The path of what is, or will be, in the folder.
  package func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }

  /// Copies `Fixtures/home` to this name, and returns its path.
  package func copyFixtureHome(to name: String) throws -> String {
    let fixture = Repository.path(of: "Fixtures/home")
    try FileManager.default.copyItem(atPath: fixture, toPath: self(name))
    return self(name)
  }

  /// Writes a file, its folders included, and returns its path.
  @discardableResult
  package func write(_ text: String, to name: String) throws -> String {
    try write(Array(text.utf8), to: name)
  }

  /// The same for any bytes.
  @discardableResult
  package func write(_ bytes: [UInt8], to name: String) throws -> String {
    let url = URL(filePath: self(name))
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
    return self(name)
  }

  /// The content of a file.
  package func text(of name: String) throws -> String {
    try String(contentsOfFile: self(name), encoding: .utf8)
  }

  /// Every name below the folder, sorted.
  package var names: [String] {
    (FileManager.default.subpaths(atPath: path) ?? []).sorted()
  }
}
