internal import Platform
internal import TOML

/// The config that files hold: the values that can be used, and what is wrong with the others.
struct Config: Sendable {
  /// The values that can be used; relative `writable_roots` were made absolute against the folder
  /// of the file.
  var table = TOMLTable()
  /// A warning for each file that cannot be used in part or as a whole.
  var warnings: [ConfigWarning] = []
}

extension Config {
  /// The largest config file that is read, in bytes; usual ones have a few KiB.
  private static let sizeLimit = 16 << 20

  /// Reads a file; nil where there is none.
  ///
  /// What cannot be read becomes a warning that names each place. Only broken expressions and
  /// values of a wrong type are left out.
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
