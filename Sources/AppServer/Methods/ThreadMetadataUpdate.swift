import History
import JSON
import JSONRPC
import Protocol
import Rollouts
import System

/// `thread/metadata/update`: what is told of the thread's place in Git, as one more header; of a
/// paginated thread as an event, since its header must stay the only one.
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

  /// Absent leaves a member as it is, null clears it.
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

  typealias Response = ThreadRead.Response

  static func touched(by params: Params, on server: Server) -> Touched {
    .thread(params.threadID, .write)
  }

  static func respond(to params: Params, on server: Server) throws(RPCError) -> Reply<Response> {
    let id = try UUID(threadID: params.threadID)
    let update = try checked(params.gitInfo)
    if server.loadedThreads[id]?.unstored?.isEphemeral == true {
      throw .ephemeralWithoutMetadata(id.description)
    }
    return try OpenedThread.open(toChange: id, on: server) { (opened, server) throws(RPCError) in
      var git = opened.stored.git ?? GitState()
      update.sha.apply(to: &git.commitHash)
      update.branch.apply(to: &git.branch)
      update.originURL.apply(to: &git.repositoryURL)
      try opened.append(git, on: server)
      return try OpenedThread.open(toChange: opened.id, .summary, on: server) { (opened, server) in
        var response = Response()
        response.thread = Protocol.Thread(
          opened, loaded: server.loadedThreads[opened.id], on: server)
        return .now(response)
      }
    }
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

extension OpenedThread {
  fileprivate func append(_ git: GitState, on server: Server) throws(RPCError) {
    let repeatsHeader = stored.generation.repeatsHeaders
    let type: StaticString = repeatsHeader ? "session_meta" : "event_msg"
    let payload = try repeatsHeader ? header(git).members : git.event(of: id)
    try server.writer(ofStored: id).append(on: server) { $0.append(type, payload) }
  }

  private func header(_ git: GitState) throws(RPCError) -> SessionHeader {
    var header = try header()
    header["id"] = header["id"] ?? RawJSON(id.description)
    header["git"] = git.recorded
    return header
  }
}
