import JSON
import Protocol

// Permissions from `permission_profile` and `active_permission_profile` (PROTOCOL.md 6).
extension RecordedPermissions {
  /// Creates permissions from the settings in a record; nil where it has none that can be
  /// understood.
  init?(_ settings: JSONValue) {
    guard let profile = settings.present("permission_profile") else { return nil }
    if let name = settings["active_permission_profile"]?.string("id") {
      self = .profile(name)
      return
    }
    switch profile.string("type") {
    case "disabled": self = .sandbox(.dangerFullAccess)
    case "external": self = .configured
    case "managed": self.init(managed: profile)
    default: return nil
    }
  }

  private init?(managed profile: JSONValue) {
    let allowsNetwork: Bool
    switch profile.string("network") {
    case "enabled": allowsNetwork = true
    case "restricted": allowsNetwork = false
    default: return nil
    }
    guard let files = profile["file_system"] else { return nil }
    switch files.string("type") {
    case "unrestricted": self = .sandbox(.unrestricted(allowsNetwork: allowsNetwork))
    case "restricted":
      guard let entries = files["entries"], entries.kind == .array else { return nil }
      self.init(entries.elements, allowsNetwork: allowsNetwork)
    default: return nil
    }
  }

  /// The kinds of places that do not depend on the thread's directory.
  private static let commonPlaces: Set = [
    "root", "project_roots", "current_working_directory", "tmpdir", "slash_tmp",
  ]

  /// Creates permissions from rules. Rules for kinds of places, such as the root or the workspace,
  /// make a sandbox for every directory; rules for paths do not.
  private init(_ entries: [JSONValue], allowsNetwork: Bool) {
    var writable: Set<String> = []
    for entry in entries {
      let access = entry.string("access")
      guard access == "read" || access == "write" else { continue }
      guard let place = entry["path"]?["value"]?.string("kind"),
        access == "read" || Self.commonPlaces.contains(place)
      else {
        self = .configured
        return
      }
      if access == "write" { writable.insert(place) }
    }
    self = .sandbox(SandboxPolicy(writable: writable, allowsNetwork: allowsNetwork))
  }
}

extension SandboxPolicy {
  /// The policy that lets commands write everywhere.
  fileprivate static func unrestricted(allowsNetwork: Bool) -> SandboxPolicy {
    allowsNetwork ? .dangerFullAccess : .externalSandbox(ExternalSandbox())
  }

  /// - Parameter places: The kinds of places that commands may write to.
  fileprivate init(writable places: Set<String>, allowsNetwork: Bool) {
    if places.contains("root") {
      self = .unrestricted(allowsNetwork: allowsNetwork)
    } else if places.isEmpty {
      var policy = ReadOnly()
      policy.networkAccess = allowsNetwork
      self = .readOnly(policy)
    } else {
      var policy = WorkspaceWrite()
      policy.networkAccess = allowsNetwork
      policy.excludeTmpdirEnvVar = !places.contains("tmpdir")
      policy.excludeSlashTmp = !places.contains("slash_tmp")
      self = .workspaceWrite(policy)
    }
  }
}
