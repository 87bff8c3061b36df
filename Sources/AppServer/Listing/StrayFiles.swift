import Rollouts
import System

/// The threads whose files are named after other ones, each with the file that counts.
///
/// No name leads from one such file to another: all files have to be looked into.
struct StrayFiles {
  private let paths: [UUID: String]

  /// - Parameter files: All of them looked at.
  init(in files: GroupedFiles, _ store: RolloutStore) {
    var claims: [UUID: [(file: RolloutFile, claim: ThreadClaim)]] = [:]
    for file in files.newestFirst.lazy.flatMap(\.files) {
      guard let entry = file.entry, entry.row != nil, entry.claim.alias != nil,
        let id = entry.claim.id
      else { continue }
      claims[id, default: []].append((file.file, entry.claim))
    }
    paths = claims.compactMapValues { store.best(of: $0)?.path }
  }

  /// Whether a row, of a thread that no file is named after, is not of the file that counts.
  func isToldElsewhere(_ row: ThreadRow) -> Bool {
    paths[row.id].map { $0 != row.place.path } ?? false
  }
}
