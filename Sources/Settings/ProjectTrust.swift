internal import Platform
internal import TOML

/// How far the user trusts a project.
enum TrustLevel: String, CaseIterable {
  case trusted
  case untrusted
}

/// The projects of a config.
enum ProjectTrust {
  /// The trust level of the project in a directory, or else of the project in its repository; nil
  /// where neither is a project. Paths are compared as they are written.
  ///
  /// The disk is only read if there are projects and none of them is the directory itself.
  static func level(of directory: String, in config: TOMLTable) -> TrustLevel? {
    guard let projects = config["projects"]?.table, !projects.entries.isEmpty else { return nil }
    if let project = projects[directory]?.table { return project.name("trust_level") }
    guard let root = repositoryRoot(above: directory) else { return nil }
    return projects[root]?.table?.name("trust_level")
  }

  /// The root of the repository that a directory is in; nil where it is in none.
  ///
  /// A directory is a repository if its `.git` directory holds a `HEAD`, and a worktree if its
  /// `.git` is a file, which points to the repository.
  private static func repositoryRoot(above directory: String) -> String? {
    var directory = directory
    while true {
      let git = Path.join(directory, ".git")
      switch (try? FileStatus(path: git))?.kind {
      case .directory where (try? FileStatus(path: Path.join(git, "HEAD"))) != nil:
        return directory
      case .regular: return repositoryOfWorktree(git)
      default: break
      }
      let parent = Path.directory(of: directory)
      guard parent != directory else { return nil }
      directory = parent
    }
  }

  /// The repository of a worktree, by the text `gitdir: /repository/.git/worktrees/name` in its
  /// `.git` file; nil for another text.
  private static func repositoryOfWorktree(_ git: String) -> String? {
    let prefix = "gitdir: "
    guard let bytes = try? File(git, for: .reading).readAll(limit: 1 << 16),
      let line = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).first,
      line.hasPrefix(prefix)
    else { return nil }
    let target = UserPath.absolute(
      String(line.dropFirst(prefix.count)), from: Path.directory(of: git))
    let worktrees = Path.directory(of: target)
    guard Path.lastComponent(of: worktrees) == "worktrees" else { return nil }
    return Path.directory(of: Path.directory(of: worktrees))
  }
}
