import History
import JSON
import Library
import Platform
import Rollouts

// The headers of files that go on from a thread are made of its own.
extension ThreadSnapshot {
  /// The header of the thread's head, member for member.
  func header() throws(ChangeError) -> SessionHeader {
    try ChangeError.readingFiles { () throws(SystemError) in try SessionHeader(of: chain.head) }
  }

  /// The header of the thread's head with `multi_agent_version`, for a new file that may hold no
  /// turn. A header that lacks it is from before there were versions of it; the thread's turns tell
  /// it then.
  func completeHeader() throws(ChangeError) -> SessionHeader {
    var header = try header()
    if header["multi_agent_version"] == nil {
      header["multi_agent_version"] = try multiAgentVersionOfTurns()
    }
    return header
  }

  private func multiAgentVersionOfTurns() throws(ChangeError) -> RawJSON? {
    guard let context = history.lastContext else { return nil }
    return try ChangeError.readingFiles { () throws(SystemError) in
      try RecordWindow.read(context, of: chain.files) { record in
        record.payload.present("multi_agent_version").map { RawJSON($0) }
      }
    }
  }
}
