import Platform
import Settings

/// What clients are told about the machine and the process of the server.
package struct HostInfo: Sendable {
  /// The absolute path of `CODEX_HOME`, the folder with threads and configuration, with its
  /// symbolic links.
  package var home: String
  /// The absolute path of the server's working directory.
  package var directory: String
  /// The name and the version of the system, for example `Debian 12.0.0`.
  package var operatingSystem: String
  /// The processor architecture, for example `x86_64`.
  package var architecture: String
  /// The name of the system in the protocol: `linux` or `macos`.
  package var platform: String
  /// The terminal in which the server was started, or `unknown`.
  package var terminal: String
  /// The name that is recorded as originator of new threads instead of the client's; nil if the
  /// environment does not set it.
  package var originator: String?

  /// Creates the information from its parts.
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

  /// The information about this process.
  ///
  /// - Parameter home: The absolute path of the home, as `Home` finds it.
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

  /// The originator if the environment contains an invalid name, as in the original server.
  private static let fallbackOriginator = "codex_cli_rs"

  /// The value of an environment variable; nil if the variable is not set or empty.
  private static func variable(_ name: String) -> String? {
    Environment.value(name).flatMap { $0.isEmpty ? nil : $0 }
  }
}

extension String {
  /// Whether the text can be the value of an HTTP header.
  var isHeaderValue: Bool {
    utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == UInt8(ascii: "\t") }
  }
}
