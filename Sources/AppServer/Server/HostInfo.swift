import Settings
import System

/// Where the server runs, as far as clients are told.
package struct HostInfo: Sendable {
  /// `CODEX_HOME`: the folder that holds threads and configuration, absolute, its links kept.
  package var home: String
  /// What relative paths count from, absolute.
  package var directory: String
  /// Such as `Debian 12.0.0`.
  package var operatingSystem: String
  /// Such as `x86_64`.
  package var architecture: String
  /// The name of the system in the protocol: `linux` or `macos`.
  package var platform: String
  /// The terminal that it was started from, or `unknown`.
  package var terminal: String

  package init(
    home: String, directory: String, operatingSystem: String, architecture: String,
    platform: String,
    terminal: String
  ) {
    self.home = home
    self.directory = directory
    self.operatingSystem = operatingSystem
    self.architecture = architecture
    self.platform = platform
    self.terminal = terminal
  }

  /// This process's.
  package static var current: HostInfo {
    HostInfo(
      home: Home.locate(), directory: Path.current,
      operatingSystem: SystemInfo.operatingSystem, architecture: SystemInfo.architecture,
      platform: runningPlatform, terminal: variable("TERM_PROGRAM") ?? variable("TERM") ?? "unknown"
    )
  }

  /// Nil where it is empty, too.
  private static func variable(_ name: String) -> String? {
    Environment.value(name).flatMap { $0.isEmpty ? nil : $0 }
  }

  private static var runningPlatform: String {
    #if os(macOS)
      "macos"
    #else
      "linux"
    #endif
  }
}
