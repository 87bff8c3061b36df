internal import JSON
internal import Protocol
internal import TOML

// Reads a config that `ConfigChecker` accepted. Values are nil where the key is missing.
extension TOMLTable {
  func string(_ keys: String...) -> String? {
    if case .string(let text)? = self[path: keys]?.kind { text } else { nil }
  }

  func flag(_ keys: String...) -> Bool {
    self[path: keys]?.kind == .boolean(true)
  }

  /// The value of a key that holds one of some names.
  func name<Name: RawRepresentable<String>>(_ key: String) -> Name? {
    string(key).flatMap(Name.init(rawValue:))
  }

  var approvalPolicy: AskForApproval? {
    if let answers = self[path: ["approval_policy", "granular"]]?.table {
      var granular = GranularApproval()
      granular.sandboxApproval = answers.flag("sandbox_approval")
      granular.rules = answers.flag("rules")
      granular.skillApproval = answers.flag("skill_approval")
      granular.requestPermissions = answers.flag("request_permissions")
      granular.mcpElicitations = answers.flag("mcp_elicitations")
      return .granular(granular)
    }
    let name = string("approval_policy")
    return AskForApproval.named.first { $0.name == name }?.policy
  }
}

extension TOMLTable {
  private static let writableRoots = ["sandbox_workspace_write", "writable_roots"]

  /// The directories that a thread may write to beside its own, absolute.
  ///
  /// - Parameter directory: The directory against which relative ones are resolved.
  func writableRoots(from directory: String) -> [String] {
    guard case .array(let roots)? = self[path: TOMLTable.writableRoots]?.kind else { return [] }
    return roots.compactMap {
      if case .string(let path) = $0.kind { UserPath.absolute(path, from: directory) } else { nil }
    }
  }

  /// Makes the writable roots of a file absolute against the folder of the file.
  mutating func resolveWritableRoots(against directory: String) {
    guard self[path: TOMLTable.writableRoots] != nil else { return }
    let roots = writableRoots(from: directory).map { TOMLValue(.string($0)) }
    set(path: TOMLTable.writableRoots, TOMLValue(.array(roots)))
  }
}

// MARK: - A request's config

extension TOMLTable {
  /// Reads the config of a request, whose names may be dotted and in which null means "not given".
  ///
  /// - Throws: If a dotted name has too many parts.
  init(_ config: WireMap<RawJSON>) throws(SettingsError) {
    self.init()
    for (name, raw) in config.members {
      guard let value = (try? withJSON(raw.bytes) { TOMLValue($0) }) ?? nil else { continue }
      var member = TOMLTable()
      member.set(path: try ConfigOverride.keys(ofDotted: name), value)
      merge(member)
    }
  }
}

extension TOMLValue {
  /// Converts a JSON value; nil for null. Nulls in arrays and tables are left out.
  fileprivate init?(_ json: JSONValue) {
    switch json.kind {
    case .null: return nil
    case .true, .false: self.init(.boolean(json.kind == .true))
    case .number:
      self.init(json.asInteger.map(Kind.integer) ?? .float(json.asDouble ?? .infinity))
    case .string: self.init(.string(json.asString ?? ""))
    case .array: self.init(.array(json.elements.compactMap { TOMLValue($0) }))
    case .object:
      var table = TOMLTable()
      json.forEachMember { (name, value) throws(Never) in
        guard let key = name.asString, let value = TOMLValue(value) else { return }
        table.set(key, value)
      }
      self.init(.table(table))
    }
  }
}
