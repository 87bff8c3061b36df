import History
import JSON
import Library
import Platform
import Rollouts

// The header of a thread, from which the headers of its forks and segments are made.
extension ThreadSnapshot {
  /// The header of the thread's head with all its members.
  func header() throws(ChangeError) -> SessionHeader {
    try ChangeError.readingFiles { () throws(SystemError) in try SessionHeader(of: chain.head) }
  }

  /// The header of the thread's head with `multi_agent_version`. A fork or segment needs this
  /// member because it may contain no turn. If an old header lacks the member, it is taken from the
  /// thread's last turn.
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
