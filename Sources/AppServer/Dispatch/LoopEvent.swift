/// An event that the server's loop handles.
package enum LoopEvent {
  /// A line from the client, without its line end.
  case line(ArraySlice<UInt8>)
  /// The beginning of a line from the client that was too long to be kept.
  case longLine(beginning: ArraySlice<UInt8>)
  /// Work on another thread has finished.
  case finishedWork
  /// The time limit of a wait is over.
  case timeout
  /// The client has closed standard input.
  case endOfInput
  /// SIGTERM has arrived.
  case termination
}

/// The events that the loop waits for.
package enum LoopWait: Equatable {
  /// Any event.
  case anything
  /// Finished work, and no lines. The wait ends after some milliseconds; nil for no limit.
  case work(milliseconds: Int?)
  /// No event: all requests are answered, and no more will come.
  case nothing
}
