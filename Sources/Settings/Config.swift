internal import System
internal import TOML

/// What files say: the values that can be used, and what is wrong with the others.
struct Config: Sendable {
  /// The values that can be used; relative `writable_roots` of a file are absolute here.
  var table = TOMLTable()
  /// A warning for each file in which something cannot be used, and for what cannot be.
  var warnings: [ConfigWarning] = []
}

extension Config {
  /// Config files of people are a few KiB long.
  private static let sizeLimit = 16 << 20

  /// Reads a file, or returns nil where there is none.
  ///
  /// What cannot be read becomes a warning, which names each place: all counts but what is no TOML
  /// and the values of a wrong type.
  init?(file path: String) {
    do throws(SystemError) {
      let bytes = try File(path, for: .reading).readAll(limit: Config.sizeLimit)
      self.init(parsing: bytes, path: path)
    } catch {
      guard !error.isNotFound else { return nil }
      let why = "Failed to read config file \(path): \(error.message)"
      self.init(warnings: [ConfigProblem(message: why).warning(in: path)])
    }
  }

  private init(parsing bytes: [UInt8], path: String) {
    let (parsed, errors) = TOMLTable.parseLeniently(bytes)
    var (valid, problems) = ConfigChecker.check(parsed)
    problems += errors.map { ConfigProblem(message: $0.message, start: $0.position) }
    valid.resolveWritableRoots(against: Path.directory(of: path))
    self.init(table: valid, warnings: ConfigWarning(problems, in: path).map { [$0] } ?? [])
  }
}
