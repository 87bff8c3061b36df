/// The header of the output of a code cell, or of a wait for one (HISTORY.md 5.1):
///
///     Script completed                     Script running with cell ID 40
///     Wall time 0.5 seconds                Wall time 11.0 seconds
///     Output:                              Output:
struct CellHeader {
  /// How far a cell got.
  enum State: Equatable {
    /// The script ended, by itself or by an error, or was ended.
    case completed, failed, terminated
    /// The script still runs, under an id by which it can be waited for.
    case running(id: String)
  }

  /// How far the cell got.
  let state: State
  /// How long the cell ran, or was waited for, in ms.
  let durationMs: Int64
  /// The escaped text behind the header.
  let body: ArraySlice<UInt8>

  /// Reads the beginning of an escaped text; nil where it is no header.
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

  /// Whether the script did not end by itself.
  var hasFailed: Bool { state == .failed || state == .terminated }
}

extension CellHeader {
  /// The header of a cell's output together with that of a later wait for it.
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
