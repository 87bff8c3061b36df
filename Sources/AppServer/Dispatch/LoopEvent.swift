/// What can wake the loop of the server.
package enum LoopEvent {
  /// A line from the client, without its line end.
  case line(ArraySlice<UInt8>)
  /// Work that was done beside the loop has come to an end.
  case finishedWork
  /// The time is over that the loop wanted to wait for work.
  case timeout
  /// The client has closed its end.
  case endOfInput
  /// The process was told to end.
  case termination
}

/// What the loop waits for next.
package enum LoopWait: Equatable {
  case anything
  /// For work that is under way, and no line: this many ms, or for ever where that is nil.
  case work(milliseconds: Int?)
  /// For nothing: everything is answered, and nothing more will come.
  case nothing
}
