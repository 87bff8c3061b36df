import History
import JSON
import JSONRPC
import Library
import Platform
import Protocol
import Rollouts

/// Writes the answer of a method that loads a thread, with the requested turns.
struct SessionEncoder {
  let response: ThreadResumeResponse
  /// The requested page of turns, which the answer contains in addition to the thread; nil if none
  /// was requested.
  let page: TurnPage?
  let includesTurns: Bool
  let turns: TurnEncoder

  /// Writes the answer.
  ///
  /// - Returns: The items that the turns lack; nil if none.
  func write(to stream: inout ResponseStream) -> MissingItems? {
    let pause = stream.pause
    let members: [StaticString] = page == nil ? ["thread"] : ["thread", "initialTurnsPage"]
    var missing: MissingItems?
    response.write(to: &stream.json, streaming: members) { (member, out) in
      let new =
        member == 0 ? writeThread(to: &out, pause) : page?.write(to: &out, with: turns, pause)
      missing = MissingItems(missing, and: new)
    }
    return missing
  }

  private func writeThread(
    to out: inout JSONWriter, _ pause: ResponseStream.Pause
  ) -> MissingItems? {
    var missing: MissingItems?
    if includesTurns {
      response.thread.write(
        to: &out, streamingTurns: { out in missing = turns.write(to: &out, pause) })
    } else {
      response.thread.write(to: &out)
    }
    return missing
  }
}

extension Session {
  /// The reply of a method that has loaded a thread, followed by a notification of the thread's
  /// token usage.
  ///
  /// - Parameters:
  ///   - page: The requested page of turns; nil if none was requested.
  ///   - excludeTurns: Whether the thread is written without turns, and its token usage is not
  ///     sent.
  func answer(
    _ snapshot: ThreadSnapshot, _ response: ThreadResumeResponse, page: TurnPage? = nil,
    excludeTurns: Bool
  ) -> Reply<ThreadResumeResponse> {
    var response = response
    if excludeTurns || snapshot.history.generation.givesCursors {
      response.turnsBackwardsCursor = snapshot.lastTurnCursor?.text
      response.itemsBackwardsCursor = snapshot.lastItemCursor?.text
    }
    let encoder = SessionEncoder(
      response: response, page: page, includesTurns: !excludeTurns,
      turns: TurnEncoder(snapshot, library.helpers))
    let reply = Reply<ThreadResumeResponse>.stream(snapshot.id) { encoder.write(to: &$0) }
    guard !excludeTurns, let usage = ThreadTokenUsageUpdated(snapshot) else { return reply }
    return reply.then(ThreadTokenUsageUpdated.method, usage)
  }
}
