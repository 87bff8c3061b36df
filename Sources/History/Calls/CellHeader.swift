/// The lines before the output of a code cell, and of a wait for one (HISTORY.md 5.1):
///
///     Script completed                     Script running with cell ID 40
///     Wall time 0.5 seconds                Wall time 11.0 seconds
///     Output:                              Output:
struct CellHeader {
  enum State: Equatable {
    case completed, failed, terminated
    /// The script goes on, under a name by which it can be waited for.
    case running(id: String)
  }

  let state: State
  /// How long it took, or was waited for.
  let durationMs: Int64
  /// What stands behind the header.
  let body: ArraySlice<UInt8>

  /// Nil where the text does not begin with a header.
  init?(_ text: ArraySlice<UInt8>) {
    let first = text.firstEscapedLine
    guard let state = first.dropping("Script ").flatMap(Self.state) else { return nil }
    let afterFirst = text.dropFirst(first.count + 2)
    let second = afterFirst.firstEscapedLine
    let afterSecond = afterFirst.dropFirst(second.count + 2)
    guard let time = second.dropping("Wall time "),
      let duration = Milliseconds.of(seconds: time.prefix { $0 != UInt8(ascii: " ") }),
      let rest = afterSecond.dropping("Output:")
    else { return nil }
    self.state = state
    durationMs = duration
    body = rest.dropping(#"\n"#) ?? rest
  }

  private static func state(_ text: ArraySlice<UInt8>) -> State? {
    if let id = text.dropping("running with cell ID ") {
      return .running(id: String(decoding: id, as: UTF8.self))
    }
    let names: [(name: String, state: State)] = [
      ("completed", .completed), ("failed", .failed), ("terminated", .terminated),
    ]
    return names.first { text.elementsEqual($0.name.utf8) }?.state
  }

  /// Whether the script did not come to its end.
  var hasFailed: Bool { state == .failed || state == .terminated }
}

extension CellHeader {
  func followed(by next: CellHeader) -> CellHeader {
    CellHeader(
      state: next.state, durationMs: Milliseconds.sum(durationMs, next.durationMs), body: [])
  }

  private init(state: State, durationMs: Int64, body: ArraySlice<UInt8>) {
    self.state = state
    self.durationMs = durationMs
    self.body = body
  }
}
