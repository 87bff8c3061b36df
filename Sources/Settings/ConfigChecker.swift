internal import JSON
internal import TOML

/// Checks a config against the shape that it has to have, and removes what does not fit.
struct ConfigChecker {
  /// What did not fit, in the order of the config.
  private(set) var problems: [ConfigProblem] = []

  /// The keys that lead to the value that is being checked.
  private var keys: [String] = []

  /// Checks a config.
  ///
  /// - Returns: The config without wrong values, and what is wrong with them.
  static func check(_ config: TOMLTable) -> (valid: TOMLTable, problems: [ConfigProblem]) {
    // Most requests and many homes have no config, and the shape takes a while to create.
    guard !config.entries.isEmpty else { return (config, []) }
    var checker = ConfigChecker()
    let valid = checker.check(TOMLValue(.table(config)), as: .config)?.table
    return (valid ?? TOMLTable(), checker.problems)
  }

  /// The part of a value that fits: of a table with known keys the fitting entries, of other values
  /// all or nothing.
  private mutating func check(_ value: TOMLValue, as shape: ConfigShape) -> TOMLValue? {
    switch shape {
    case .string: checkString(value)
    case .name(let what): checkName(value, of: what)
    case .boolean: checkBoolean(value)
    case .paths: checkPaths(value)
    case .variant(let names, let tables): checkVariant(value, among: names, tables)
    case .table(let name, let shapes, let required):
      checkTable(value, expected: name, required: required) { shapes[$0] }
    case .map(let shape): checkTable(value, expected: "a map", required: []) { _ in shape }
    }
  }
}

// MARK: - By shape

extension ConfigChecker {
  private mutating func checkString(_ value: TOMLValue) -> TOMLValue? {
    switch value.kind {
    case .string: value
    // A value of an option without quotes is a word, even where it looks like a date.
    case .dateTime(let text): TOMLValue(.string(text), at: value.position, to: value.end)
    default: refuse(value, expected: "a string")
    }
  }

  private mutating func checkName(_ value: TOMLValue, of what: String) -> TOMLValue? {
    guard value.kind != .string("") else { return refuse(value, "\(what) must not be empty") }
    return checkString(value)
  }

  private mutating func checkBoolean(_ value: TOMLValue) -> TOMLValue? {
    guard case .boolean = value.kind else { return refuse(value, expected: "a boolean") }
    return value
  }

  private mutating func checkPaths(_ value: TOMLValue) -> TOMLValue? {
    guard case .array(let paths) = value.kind else { return refuse(value, expected: "a sequence") }
    for path in paths {
      guard case .string = path.kind else { return refuse(path, expected: "path string") }
    }
    return value
  }

  private mutating func checkVariant(
    _ value: TOMLValue, among names: [String], _ tables: [String: ConfigShape]
  ) -> TOMLValue? {
    switch value.kind {
    case .string(let name):
      guard tables[name] == nil else {
        return refuse(value, "invalid type: unit variant, expected newtype variant")
      }
      guard names.contains(name) else { return refuse(value, name, among: names) }
      return value
    case .table(let table):
      guard let variant = table.entries.first, table.entries.count == 1 else {
        let found = table.entries.isEmpty ? "found 0 elements" : "more than 1 element"
        return refuse(value, "wanted exactly 1 element, \(found)")
      }
      guard let shape = tables[variant.key] else {
        return refuse(value, variant.key, among: names)
      }
      return checkWhole(variant.value, as: shape) ? value : nil
    default: return refuse(value, "wanted string or table")
    }
  }

  /// Whether the whole value fits.
  private mutating func checkWhole(_ value: TOMLValue, as shape: ConfigShape) -> Bool {
    let known = problems.count
    return check(value, as: shape) != nil && problems.count == known
  }

  private mutating func checkTable(
    _ value: TOMLValue, expected: String, required: [String], shape: (String) -> ConfigShape?
  ) -> TOMLValue? {
    guard let table = value.table else { return refuse(value, expected: expected) }
    var valid = TOMLTable()
    for entry in table.entries {
      keys.append(entry.key)
      defer { keys.removeLast() }
      guard let shape = shape(entry.key) else {
        valid.set(entry.key, entry.value)
        continue
      }
      if let fitting = check(entry.value, as: shape) { valid.set(entry.key, fitting) }
    }
    if let missing = required.first(where: { table[$0] == nil }) {
      return refuse(value, JSONError.missingField(missing).message)
    }
    return TOMLValue(.table(valid), at: value.position, to: value.end)
  }
}

// MARK: - Problems

extension ConfigChecker {
  private mutating func refuse(_ value: TOMLValue, _ message: String) -> TOMLValue? {
    problems.append(
      ConfigProblem(message: message, keys: keys, start: value.position, end: value.end))
    return nil
  }

  private mutating func refuse(_ value: TOMLValue, expected: String) -> TOMLValue? {
    refuse(value, "invalid type: \(value.kind.nameInErrors), expected \(expected)")
  }

  private mutating func refuse(
    _ value: TOMLValue, _ name: String, among names: [String]
  ) -> TOMLValue? {
    refuse(value, JSONError.unknownVariant(name, known: names).message)
  }
}

extension TOMLValue.Kind {
  /// The name of the value in errors: its type, and its text where that is short.
  fileprivate var nameInErrors: String {
    switch self {
    case .string(let text): "string \(String(decoding: RawJSON(text).bytes, as: UTF8.self))"
    case .integer(let number): "integer `\(number)`"
    case .float(let number): "floating point `\(number)`"
    case .boolean(let flag): "boolean `\(flag)`"
    case .array: "sequence"
    case .table, .dateTime: "map"
    }
  }
}
