internal import System
internal import TOML

/// One config file: what is good in it, and what is not.
struct ConfigFile {
  /// The values that can be used; relative `writable_roots` are against the file's directory.
  private(set) var table = TOMLTable()
  /// A warning for each value that cannot be used, and for what is no TOML.
  private(set) var warnings: [ConfigWarning] = []

  /// Config files of people are a few KiB long.
  private static let sizeLimit = 16 << 20

  /// Reads a file, or returns nil where there is none.
  ///
  /// What cannot be read becomes a warning: all that stands before a syntax error counts, and all
  /// but the values of a wrong type.
  init?(_ path: String) {
    do throws(SystemError) {
      let bytes = try File(path, for: .reading).readAll(limit: ConfigFile.sizeLimit)
      parse(bytes, path: path)
    } catch {
      guard !error.isNotFound else { return nil }
      let why = "Failed to read config file \(path): \(error.message)"
      warnings = [ConfigProblem(message: why).warning(in: path)]
    }
  }

  /// A part of a file that was read before, without anything wrong.
  init(table: TOMLTable, directory: String) {
    self.table = table
    self.table.resolveWritableRoots(against: directory)
  }

  private mutating func parse(_ bytes: [UInt8], path: String) {
    let (parsed, error) = TOMLTable.parseAsFarAsPossible(bytes)
    let (valid, found) = ConfigChecker.check(parsed)
    var problems = found
    if let error {
      problems.append(ConfigProblem(message: error.message, start: error.position))
    }
    warnings = problems.map { $0.warning(in: path) }
    table = valid
    table.resolveWritableRoots(against: Path.directory(of: path))
  }
}
