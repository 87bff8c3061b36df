import History
import JSON
import JSONRPC
import Rollouts
import System

// The headers of files that go on from a thread are made of its own.
extension OpenedThread {
  /// The header of the thread's head, member for member.
  func header() throws(RPCError) -> SessionHeader {
    do throws(SystemError) { return try SessionHeader(of: chain.head) } catch {
      throw .unreadable(error)
    }
  }

  /// The header of the thread's head with `multi_agent_version`, for a new file that may hold no
  /// turn. A header that lacks it is from before there were versions of it; the thread's turns tell
  /// it then.
  func completeHeader() throws(RPCError) -> SessionHeader {
    var header = try header()
    if header["multi_agent_version"] == nil {
      header["multi_agent_version"] = try multiAgentVersionOfTurns()
    }
    return header
  }

  private func multiAgentVersionOfTurns() throws(RPCError) -> RawJSON? {
    guard let context = stored.lastContext else { return nil }
    do throws(SystemError) {
      return try RecordWindow.read(context, of: chain.files) { record in
        record.payload.present("multi_agent_version").map { RawJSON($0) }
      }
    } catch {
      throw .unreadable(error)
    }
  }
}
