internal import TOML

/// A problem in a config.
struct ConfigProblem: Equatable {
  /// What is wrong, in the original server's words.
  let message: String
  /// The keys that lead to the value; empty where no single value is wrong.
  var keys: [String] = []
  /// The place of the first wrong character; nil where the value comes from no file.
  var start: TOMLPosition?
  /// The place of the last wrong character; nil where it is not known.
  var end: TOMLPosition?

  static func unknownProvider(_ name: String) -> ConfigProblem {
    ConfigProblem(message: "Model provider `\(name)` not found")
  }

  /// The warning for a user whose request does not need the value.
  ///
  /// - Parameter path: The path of the file with the problem.
  func warning(in path: String) -> ConfigWarning {
    var warning = ConfigWarning()
    warning.details = line(in: path)
    guard let start else { return warning }
    warning.path = path
    warning.range = ConfigWarning.TextRange(from: start, to: end ?? start)
    return warning
  }

  fileprivate func line(in path: String) -> String {
    guard let start else { return message }
    return "\(path):\(start.line):\(start.column): \(message)"
  }

  /// The error for the request or option that gave the value.
  var error: SettingsError {
    guard !keys.isEmpty else { return .invalid(message) }
    return .invalid("\(message)\nin `\(keys.joined(separator: "."))`\n")
  }
}

extension ConfigWarning {
  /// The number of places of one file that a warning lists; further ones are only counted.
  private static let placeLimit = 100

  /// Creates the warning about all problems of a file, with a line for each place and the range of
  /// the first; nil where there are none.
  init?(_ problems: [ConfigProblem], in path: String) {
    let inOrder = problems.sorted { one, other in
      guard let start = one.start, let next = other.start else { return one.start == nil }
      return (start.line, start.column) < (next.line, next.column)
    }
    guard let first = inOrder.first else { return nil }
    self = first.warning(in: path)
    var lines = inOrder.prefix(Self.placeLimit).map { $0.line(in: path) }
    let more = inOrder.count - lines.count
    if more > 0 { lines.append("\(path): and \(more) more") }
    details = lines.joined(separator: "\n")
  }
}

extension ConfigWarning.TextRange {
  fileprivate init(from start: TOMLPosition, to end: TOMLPosition) {
    self.init()
    self.start = ConfigWarning.TextPosition(start)
    self.end = ConfigWarning.TextPosition(end)
  }
}

extension ConfigWarning.TextPosition {
  fileprivate init(_ position: TOMLPosition) {
    self.init()
    line = UInt32(clamping: position.line)
    column = UInt32(clamping: position.column)
  }
}
