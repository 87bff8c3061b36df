import LibC

/// Information about the machine and the process.
package enum SystemInfo {
  /// The system's name and its version with three numbers, for example `Debian 12.0.0`.
  package static var operatingSystem: String {
    let release = OSRelease(path: "/etc/os-release") ?? OSRelease(path: "/usr/lib/os-release")
    let name = release?.name ?? systemName
    return "\(name) \((release?.version ?? systemVersion()).map(threeNumbers) ?? "Unknown")"
  }

  /// The name of the system in the protocol: `linux` or `macos`.
  package static var platformName: String { LibC.platformName }

  /// The processor architecture as the kernel names it, for example `x86_64`.
  package static var architecture: String {
    var names = utsname()
    guard uname(&names) == 0 else { return "unknown" }
    return withUnsafeBytes(of: names.machine) {
      String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
    }
  }

  /// The number of processors, at least 1.
  package static let processorCount = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))

  /// The id of the process.
  package static var processID: Int { Int(getpid()) }

  /// The resident memory of the process, in bytes; nil if the system does not tell it.
  package static var residentMemory: Int? { residentBytes() }

  /// The version with three numbers: `12` becomes `12.0.0`, and `22.04` becomes `22.4.0`. A part
  /// that is not a number counts as 0.
  static func threeNumbers(_ version: String) -> String {
    let numbers = version.split(separator: ".").prefix(3).map { Int($0) ?? 0 } + [0, 0, 0]
    return "\(numbers[0]).\(numbers[1]).\(numbers[2])"
  }
}

/// The content of `/etc/os-release`, a file of shell assignments.
struct OSRelease {
  /// The name of the distribution, without the ` GNU/Linux` that Debian appends; nil if the file
  /// has none.
  private(set) var name: String?
  /// The version of the distribution; nil if the file has none.
  private(set) var version: String?

  /// Reads the file; nil if it is missing or cannot be read.
  init?(path: String) {
    guard let file = try? File(path, for: .reading), let bytes = try? file.readAll(limit: 65_536)
    else { return nil }
    self.init(text: String(decoding: bytes, as: UTF8.self))
  }

  init(text: String) {
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: "=", maxSplits: 1)
      guard parts.count == 2 else { continue }
      let value = parts[1].filter { $0 != "\"" && $0 != "'" }
      switch parts[0] {
      case "NAME": name = value.hasSuffix(" GNU/Linux") ? String(value.dropLast(10)) : value
      case "VERSION_ID": version = value
      default: break
      }
    }
  }
}
