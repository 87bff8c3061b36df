import JSON
import JSONRPC
import Protocol

/// Writes the answer of a method that loads a thread, with what of its turns was asked for.
struct SessionWriter {
  let session: ThreadSession
  /// A page of turns beside the thread's own; nil unless it was asked for.
  let page: TurnPage?
  let includesTurns: Bool
  let turns: TurnWriter

  func write(to stream: inout ResponseStream) {
    let pause = stream.pause
    let members: [StaticString] = page == nil ? ["thread"] : ["thread", "initialTurnsPage"]
    session.write(to: &stream.json, streaming: members) { (member, out) in
      if member == 0 {
        writeThread(to: &out, pause)
      } else {
        page?.write(to: &out, with: turns, pause)
      }
    }
  }

  private func writeThread(to out: inout JSONWriter, _ pause: ResponseStream.Pause) {
    guard includesTurns else { return session.thread.write(to: &out) }
    session.thread.write(to: &out, streamingTurns: { out in turns.write(to: &out, pause) })
  }
}
