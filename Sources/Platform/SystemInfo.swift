import LibC

/// The machine and the process that this runs in.
package enum SystemInfo {
  /// The system's name and its version in three numbers, such as `Debian 12.0.0`.
  package static var operatingSystem: String {
    let release = OSRelease(path: "/etc/os-release") ?? OSRelease(path: "/usr/lib/os-release")
    let name = release?.name ?? systemName
    return "\(name) \((release?.version ?? systemVersion()).map(threeNumbers) ?? "Unknown")"
  }

  /// The name of the system in code: `linux` or `macos`.
  package static var platformName: String { LibC.platformName }

  /// The processor's kind as the kernel calls it, such as `x86_64`.
  package static var architecture: String {
    var names = utsname()
    guard uname(&names) == 0 else { return "unknown" }
    return withUnsafeBytes(of: names.machine) {
      String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
    }
  }

  /// How many processors there are, at least 1.
  package static let processorCount = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))

  package static var processID: Int { Int(getpid()) }

  /// How many bytes of memory this process occupies; nil where the system does not tell.
  package static var residentMemory: Int? { residentBytes() }

  /// `12` and `22.04` become `12.0.0` and `22.4.0`; what is no number counts as 0.
  static func threeNumbers(_ version: String) -> String {
    let numbers = version.split(separator: ".").prefix(3).map { Int($0) ?? 0 } + [0, 0, 0]
    return "\(numbers[0]).\(numbers[1]).\(numbers[2])"
  }
}

/// What `/etc/os-release` says; a file of shell assignments.
struct OSRelease {
  /// Without the ` GNU/Linux` that Debian adds to it.
  private(set) var name: String?
  private(set) var version: String?

  /// Nil where there is no such file.
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
