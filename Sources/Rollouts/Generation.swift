/// The forms that rollouts had over time, as their headers show, and the properties of each
/// (ROLLOUTS.md 3).
///
/// A new generation needs an answer to each question below; no other code depends on which one a
/// thread has.
package enum Generation: Sendable {
  /// Until 0.30: response items without envelopes, and no events.
  case bare
  /// Until 0.103: events of messages, but no records of where turns begin and end.
  case early
  /// Since 0.104: events of messages and of turns.
  case legacy
  /// Completed items instead of events, and an ordinal in each record.
  case paginated

  /// The form of a new file that continues a thread: older forms are no longer written.
  package var ofNewFiles: Generation { self == .paginated ? .paginated : .legacy }

  /// The name of the form in headers and on the wire.
  package var historyMode: String { self == .paginated ? "paginated" : "legacy" }

  /// Whether records have an envelope with a time and a type.
  package var hasEnvelopes: Bool { self != .bare }

  /// Whether each record has an ordinal.
  package var hasOrdinals: Bool { self == .paginated }

  /// Whether the beginnings and ends of turns are recorded; otherwise each message of the user
  /// begins a turn.
  package var recordsTurns: Bool { self != .early }

  /// Whether messages are completed items; otherwise they are events, if there are any.
  package var usesCompletedItems: Bool { self == .paginated }

  /// Whether an event belongs to the turn that it names even if no record begins that turn;
  /// otherwise the end of an unknown turn ends the open one.
  package var acceptsUnknownTurnIDs: Bool { self == .paginated }

  /// Whether forks and reverts are files that refer to another file; otherwise they copy its
  /// records, or add a record that drops turns.
  package var refersToFiles: Bool { self == .paginated }

  /// Whether a change of the state in Git is written as a further header; otherwise as an event.
  package var repeatsHeaders: Bool { self != .paginated }

  /// Whether clients expect cursors with all turns of a thread, to page back.
  package var givesCursors: Bool { self == .paginated }
}

extension SessionMeta {
  /// The form of the file that begins with this header.
  package var generation: Generation {
    if isBare { return .bare }
    switch historyMode {
    case "paginated": return .paginated
    case nil, "legacy": return predatesTurns ? .early : .legacy
    // An unknown mode is judged by whether its records have ordinals (ROLLOUTS.md 5).
    default: return ordinal != nil ? .paginated : .legacy
    }
  }

  /// Whether a version before 0.104 began the thread.
  private var predatesTurns: Bool {
    let parts = (cliVersion ?? "").utf8.split(separator: UInt8(ascii: "."), maxSplits: 2).prefix(2)
    let numbers = parts.map { Int(Substring($0)) ?? 0 }
    return numbers.count == 2 && numbers[0] == 0 && (1..<104).contains(numbers[1])
  }
}
