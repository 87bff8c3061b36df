internal import TOML

/// One thing that is wrong with a config.
struct ConfigProblem: Equatable {
  /// What is wrong, in the original server's words.
  let message: String
  /// The keys that lead to the value; empty where no single value is wrong.
  var keys: [String] = []
  /// Where the first character of what is wrong stands; nil where it comes from no file.
  var start: TOMLPosition?
  /// Where its last character stands; nil where that is not known.
  var end: TOMLPosition?

  static func unknownProvider(_ name: String) -> ConfigProblem {
    ConfigProblem(message: "Model provider `\(name)` not found")
  }

  /// What a user is told, who did not ask for anything that needs the value.
  ///
  /// - Parameter path: The file that the problem is in.
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

  /// What the one is told who gave the value, by a request or by an option.
  var error: SettingsError {
    guard !keys.isEmpty else { return .invalid(message) }
    return .invalid("\(message)\nin `\(keys.joined(separator: "."))`\n")
  }
}

extension ConfigWarning {
  /// More places of one file than this are only counted.
  private static let placeLimit = 100

  /// What a user is told of all that is wrong with a file: a line for each place. The range is that of
  /// the first. Nil where nothing is wrong.
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
