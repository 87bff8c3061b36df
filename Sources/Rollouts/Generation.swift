/// The forms that rollouts have had, told by their headers, and what follows from each (ROLLOUTS.md 3).
///
/// A generation that is added here asks for an answer to each of the questions below, and nothing else
/// asks which one a thread is of.
package enum Generation: Sendable {
  /// Until 0.30: response items without envelopes, and no events.
  case bare
  /// Until 0.103: events of messages, and nothing that tells where turns begin and end.
  case early
  /// Events of messages and of turns.
  case legacy
  /// Completed items in place of events, and a number in each record.
  case paginated

  /// The form of a new file that goes on with a thread: those of before are no longer written.
  package var ofNewFiles: Generation { self == .paginated ? .paginated : .legacy }

  /// What it is called in headers and on the wire.
  package var historyMode: String { self == .paginated ? "paginated" : "legacy" }

  /// Whether records have an envelope with a time and a type.
  package var hasEnvelopes: Bool { self != .bare }

  /// Whether each record has a number.
  package var hasOrdinals: Bool { self == .paginated }

  /// Whether turns are recorded; else each message of the user begins one.
  package var recordsTurns: Bool { self != .early }

  /// Whether completed items are what was said; else events are, where there are any.
  package var usesCompletedItems: Bool { self == .paginated }

  /// Whether an event that names a turn is of that turn even if nothing tells of its beginning; else
  /// the end of an unknown turn is that of the open one.
  package var acceptsUnknownTurnIDs: Bool { self == .paginated }

  /// Whether a fork and a revert go on in a file that refers to another; else they have a copy of the
  /// records, or a record that drops turns.
  package var refersToFiles: Bool { self == .paginated }

  /// Whether a change of the thread's place in Git is told by a further header; else an event tells it.
  package var repeatsHeaders: Bool { self != .paginated }

  /// Whether clients expect cursors beside all turns of the thread, to page back from.
  package var givesCursors: Bool { self == .paginated }
}

extension SessionMeta {
  /// The form of the file that begins with this header.
  package var generation: Generation {
    if isBare { return .bare }
    switch historyMode {
    case "paginated": return .paginated
    case nil, "legacy": return predatesTurns ? .early : .legacy
    // A mode from the future counts by whether its records have numbers (ROLLOUTS.md 5).
    default: return ordinal != nil ? .paginated : .legacy
    }
  }

  /// Whether the version that began the thread is from before 0.104.
  private var predatesTurns: Bool {
    let parts = (cliVersion ?? "").utf8.split(separator: UInt8(ascii: "."), maxSplits: 2).prefix(2)
    let numbers = parts.map { Int(Substring($0)) ?? 0 }
    return numbers.count == 2 && numbers[0] == 0 && (1..<104).contains(numbers[1])
  }
}
