import Platform
import Settings

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
  /// What stands for the client's name where programs are named; nil where the environment does not
  /// say.
  package var originator: String?

  package init(
    home: String, directory: String, operatingSystem: String, architecture: String,
    platform: String, terminal: String, originator: String? = nil
  ) {
    self.home = home
    self.directory = directory
    self.operatingSystem = operatingSystem
    self.architecture = architecture
    self.platform = platform
    self.terminal = terminal
    self.originator = originator
  }

  /// This process's.
  ///
  /// - Parameter home: See `Home`.
  package static func current(home: String) -> HostInfo {
    HostInfo(
      home: home, directory: Path.current,
      operatingSystem: SystemInfo.operatingSystem, architecture: SystemInfo.architecture,
      platform: SystemInfo.platformName,
      terminal: variable("TERM_PROGRAM") ?? variable("TERM") ?? "unknown",
      originator: variable("CODEX_INTERNAL_ORIGINATOR_OVERRIDE").map {
        $0.isHeaderValue ? $0 : fallbackOriginator
      })
  }

  /// What the original calls itself where the environment names it badly.
  private static let fallbackOriginator = "codex_cli_rs"

  /// Nil where it is empty, too.
  private static func variable(_ name: String) -> String? {
    Environment.value(name).flatMap { $0.isEmpty ? nil : $0 }
  }
}

extension String {
  /// Whether a header of HTTP can have this value, as programs that send it on would have it.
  var isHeaderValue: Bool {
    utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == UInt8(ascii: "\t") }
  }
}
