import Foundation
import JSON
import Protocol

@testable import Settings

/// A directory that lives as long as a test, as a home and for what else the test needs.
final class TemporaryHome {
  let path: String

  init(config: String? = nil) throws {
    let folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
      .appending(path: "settings-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    path = folder.path(percentEncoded: false)
    if let config { try write(config, to: "config.toml") }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  var configPath: String { path + "/config.toml" }

  func write(_ text: String, to name: String) throws { try write(Array(text.utf8), to: name) }

  func write(_ bytes: [UInt8], to name: String) throws {
    let file = URL(filePath: path).appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
  }

  func makeDirectory(_ name: String) throws {
    try FileManager.default.createDirectory(
      atPath: "\(path)/\(name)", withIntermediateDirectories: true)
  }

  func settings(_ options: [String] = [], profile: String? = nil) throws -> Settings {
    let overrides = try options.map { try ConfigOverride(parsing: $0) }
    return try Settings(home: path, overrides: overrides, profile: profile)
  }
}

extension Settings {
  /// The settings for a request as a client writes it, for a server that runs in `/srv`.
  func effective(
    _ request: String = "{}", thread: ThreadOrigin = .new
  ) throws -> EffectiveSettings {
    let overrides = try withJSON(Array(request.utf8)) { json throws(JSONError) in
      try ThreadOverrides(json: json)
    }
    return try effective(for: overrides, thread: thread, serverDirectory: "/srv")
  }
}

/// What `body` throws as settings that cannot be, or nil.
func message(of body: () throws -> Void) -> String? {
  do {
    try body()
    return nil
  } catch {
    return (error as? SettingsError)?.message ?? "\(error)"
  }
}
