package import JSON

/// What commands may do, by name.
package enum SandboxMode: String, WireEnum {
  case readOnly = "read-only"
  case workspaceWrite = "workspace-write"
  case dangerFullAccess = "danger-full-access"
}

/// What commands may do, in detail.
package enum SandboxPolicy: WireUnion, Equatable {
  case dangerFullAccess
  case readOnly(ReadOnly)
  case externalSandbox(ExternalSandbox)
  case workspaceWrite(WorkspaceWrite)

  /// Commands may read everywhere and write nowhere.
  package struct ReadOnly: WireObject, Equatable {
    /// Whether commands may use the network.
    package var networkAccess = false

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("networkAccess", &networkAccess, [.defaulted, .newer])
    }
  }

  /// A sandbox outside of the program restricts commands.
  package struct ExternalSandbox: WireObject, Equatable {
    /// Whether that sandbox lets commands use the network.
    package var networkAccess = NetworkAccess.restricted

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("networkAccess", &networkAccess, .defaulted)
    }
  }

  /// Commands may write below some directories.
  package struct WorkspaceWrite: WireObject, Equatable {
    /// The directories that commands may write to beside the working directory, absolute.
    package var writableRoots: [String] = []
    /// Whether commands may use the network.
    package var networkAccess = false
    /// Whether the directory in `TMPDIR` is excluded from the writable ones.
    package var excludeTmpdirEnvVar = false
    /// Whether `/tmp` is excluded from the writable directories.
    package var excludeSlashTmp = false

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("writableRoots", &writableRoots, .defaulted)
      try field("networkAccess", &networkAccess, .defaulted)
      try field("excludeTmpdirEnvVar", &excludeTmpdirEnvVar, .defaulted)
      try field("excludeSlashTmp", &excludeSlashTmp, .defaulted)
    }
  }

  package static func variants<V: VariantVisitor<Self>>(_ variant: inout V) throws(JSONError) {
    try variant("dangerFullAccess", .dangerFullAccess)
    try variant("readOnly", Self.readOnly)
    try variant("externalSandbox", Self.externalSandbox)
    try variant("workspaceWrite", Self.workspaceWrite)
  }

  package func write(_ variant: inout VariantWriter) {
    switch self {
    case .dangerFullAccess: variant("dangerFullAccess")
    case .readOnly(let policy): variant("readOnly", policy)
    case .externalSandbox(let policy): variant("externalSandbox", policy)
    case .workspaceWrite(let policy): variant("workspaceWrite", policy)
    }
  }
}

/// Whether an external sandbox allows the use of the network.
package enum NetworkAccess: String, WireEnum {
  case restricted
  case enabled
}

/// The named permissions that the sandbox is equal to.
package struct ActivePermissionProfile: WireObject, Equatable {
  /// The name: `:read-only`, `:workspace` or `:danger-full-access`.
  package var id = ""
  /// The profile that this one extends; nil where there is none.
  package var extends: String?

  package init() {}

  /// Creates a profile that extends no other.
  package init(_ id: String) { self.id = id }

  package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
    try field("id", &id)
    try field("extends", &extends)
  }
}
