import JSON
import Platform
import Protocol
import Rollouts
import Settings

// Settings as records contain them: in snake_case and kebab-case (ROLLOUTS.md 4.5).
extension EffectiveSettings {
  /// The event that records the settings of a thread. It is needed because the settings of a
  /// request are recorded nowhere else, and because records that a fork copied contain the id of
  /// its parent.
  func applied(to thread: UUID) -> RecordWriter.Members {
    var settings: RecordWriter.Members = [
      ("model", RawJSON(model)), ("model_provider_id", RawJSON(modelProvider)),
    ]
    if let serviceTier { settings.append(("service_tier", RawJSON(serviceTier))) }
    settings += [
      ("approval_policy", RawJSON(approvalPolicy)),
      ("approvals_reviewer", RawJSON(approvalsReviewer)),
      ("permission_profile", permissionProfile),
    ]
    if let profile = activePermissionProfile {
      settings.append(("active_permission_profile", object([("id", RawJSON(profile.id))])))
    }
    settings += [
      ("cwd", RawJSON(cwd)), ("runtime_workspace_roots", RawJSON(runtimeWorkspaceRoots)),
    ]
    if let reasoningEffort { settings.append(("reasoning_effort", RawJSON(reasoningEffort))) }
    if let personality { settings.append(("personality", RawJSON(personality))) }
    settings += [
      ("collaboration_mode", RawJSON(collaborationMode)),
      ("disabled_plugin_ids", RawJSON([String]())),
    ]
    return [
      ("type", RawJSON("thread_settings_applied")), ("thread_id", RawJSON(thread.description)),
      ("thread_settings", RawJSON(WireMap(settings))),
    ]
  }

  /// The permissions of the sandbox for each path. The original server does not accept the record
  /// without them.
  private var permissionProfile: RawJSON {
    switch sandbox {
    case .dangerFullAccess: object([("type", RawJSON("disabled"))])
    case .externalSandbox: profile([readable], allowsNetwork: false)
    case .readOnly(let policy): profile([readable], allowsNetwork: policy.networkAccess)
    case .workspaceWrite(let policy):
      profile([readable] + writable(policy), allowsNetwork: policy.networkAccess)
    }
  }

  /// A permission profile with entries for paths.
  private func profile(_ entries: [RawJSON], allowsNetwork: Bool) -> RawJSON {
    object([
      ("type", RawJSON("managed")),
      (
        "file_system",
        object([("type", RawJSON("restricted")), ("entries", RawJSON(entries))])
      ),
      ("network", RawJSON(allowsNetwork ? "enabled" : "restricted")),
    ])
  }

  /// The entry that makes all files readable.
  private var readable: RawJSON { entry(special("root"), access: "read") }

  /// The entries of a sandbox that can write to the workspace roots, except to folders in them with
  /// configurations of programs.
  private func writable(_ policy: SandboxPolicy.WorkspaceWrite) -> [RawJSON] {
    var entries = runtimeWorkspaceRoots.map { entry(path($0), access: "write") }
    if !policy.excludeSlashTmp { entries.append(entry(special("slash_tmp"), access: "write")) }
    if !policy.excludeTmpdirEnvVar { entries.append(entry(special("tmpdir"), access: "write")) }
    for name in [".git", ".agents", ".codex", ".aws"] {
      for root in runtimeWorkspaceRoots {
        entries.append(
          entry(path(Path.join(root, name)), access: "read", [("missing_path_behavior", "skip")]))
      }
    }
    return entries
  }

  private func entry(
    _ path: RawJSON, access: String, _ more: [(name: String, value: String)] = []
  ) -> RawJSON {
    object(
      [("path", path), ("access", RawJSON(access))] + more.map { ($0.name, RawJSON($0.value)) })
  }

  private func path(_ path: String) -> RawJSON {
    object([("type", RawJSON("path")), ("path", RawJSON(path))])
  }

  private func special(_ kind: String) -> RawJSON {
    object([("type", RawJSON("special")), ("value", object([("kind", RawJSON(kind))]))])
  }
}

private func object(_ members: RecordWriter.Members) -> RawJSON { RawJSON(WireMap(members)) }
