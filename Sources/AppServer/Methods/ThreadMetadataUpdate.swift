import Changes
import History
import JSON
import JSONRPC
import Library
import Platform
import Protocol
import Rollouts

/// `thread/metadata/update`: changes the Git information of a thread. It is recorded as another
/// header, or in a paginated thread, which has a single header, as an event.
enum ThreadMetadataUpdate: Method {
  static let name = "thread/metadata/update"

  struct Params: WireObject {
    static let wireName = "ThreadMetadataUpdateParams"

    var threadID = ""
    var gitInfo: GitInfoUpdate?

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("threadId", &threadID)
      try field("gitInfo", &gitInfo)
    }
  }

  /// Changes of the Git information. An absent member leaves the value unchanged, and null removes
  /// it.
  struct GitInfoUpdate: WireObject {
    static let wireName = "ThreadMetadataGitInfoUpdateParams"

    var sha = Patch<String>.absent
    var branch = Patch<String>.absent
    var originURL = Patch<String>.absent

    mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("sha", &sha)
      try field("branch", &branch)
      try field("originUrl", &originURL)
    }
  }

  typealias Response = ThreadResponse

  static func touches(_ params: Params) -> Touches { .thread(params.threadID, .write) }

  static func respond(
    to params: Params, _ context: RequestContext
  ) throws -> Reply<Response> {
    let session = context.session
    let id = try UUID(threadID: params.threadID)
    let update = try checked(params.gitInfo)
    guard !session.handle(id).isEphemeral else { throw RPCError.ephemeralWithoutMetadata(id) }
    let before = try context.snapshot(id, .whole, .write)
    var git = before.history.git ?? GitState()
    update.sha.apply(to: &git.commitHash)
    update.branch.apply(to: &git.branch)
    update.originURL.apply(to: &git.repositoryURL)
    try context.commit()
    try session.changes.setGit(git, of: before, session.handle(before.id))
    var response = Response()
    let expected = before.changed { [git] history in history.summary.git = git }
    response.thread = session.thread(
      session.snapshot(before.id, .summary, orAsExpected: expected))
    return .value(response)
  }

  private static func checked(_ update: GitInfoUpdate?) throws(RPCError) -> GitInfoUpdate {
    guard var update else { throw .noMetadata }
    if update.sha.isAbsent, update.branch.isAbsent, update.originURL.isAbsent { throw .noGitInfo }
    try update.sha.trim("sha")
    try update.branch.trim("branch")
    try update.originURL.trim("originUrl")
    return update
  }
}

extension Patch<String> {
  fileprivate mutating func trim(_ member: String) throws(RPCError) {
    guard case .value(let text) = self else { return }
    guard !text.trimmed.isEmpty else { throw .emptyGitInfo(member) }
    self = .value(text.trimmed)
  }

  fileprivate func apply(to member: inout String?) {
    switch self {
    case .absent: break
    case .null: member = nil
    case .value(let text): member = text
    }
  }
}
