import JSON
import Rollouts

// Code cells (HISTORY.md 5.1).
extension TurnPlanner {
  /// Adds the items of a code cell: the calls that its code makes, or else the cell itself.
  mutating func addCell(_ record: Record) {
    let turn = openTurn(orImplicitFor: record)
    let id = record.payload.itemID
    if let id, isReported(id, in: turn) { return }
    let code = CodeCell(record.payload.string("input") ?? "")
    let calls = code.calls()
    var items: [ItemPlace] = []
    var target: ItemPlace?
    for part in 0..<max(calls.count, 1) {
      if let traits = part < calls.count ? traits(of: calls[part]) : [] {
        add(record, to: turn, traits: traits.union([.rebuilt, .cell]), id: nil, part: part)
        let item = place(turns[turn].items.count - 1, in: turn)
        // A call that another call follows was accepted.
        if traits.contains(.plan), part + 1 < calls.count { showPlan(item) }
        items.append(item)
        target = item
      } else {
        target = calls[part].argument.withJSON { commandContinued(by: $0) }
      }
    }
    cells.add(
      CellTracker.Cell(
        items: items, target: target, turn: turns[turn].serial, usesTools: code.usesTools,
        literals: code.literals),
      called: id.map { key($0, in: turn) })
  }

  /// The traits of the item of a call in a cell; nil where the call continues an earlier command.
  private func traits(of call: CellCall) -> ItemPlan.Traits? {
    switch ItemKinds.tool(call.name, in: call.namespace)?.effect {
    case .continuesSession: nil
    case .plan: [.plan, .hidden]
    case .startsSession: .startsSession
    case .asksUser, .waits, .item, nil: []
    }
  }

  /// Notes that a call waits for a code cell; false where it names no running cell.
  mutating func addWait(_ record: Record) -> Bool {
    let name = record.payload["arguments"]?.withNestedJSON { arguments in
      arguments.string("cell_id") ?? arguments["cell_id"]?.asWholeNumber.map { String($0) }
    }
    guard let name, let id = record.payload.itemID else { return false }
    guard let cell = cells.running(as: name) else {
      if hasEarlierRecords { needsEarlierRecords = true }
      return false
    }
    let turn = openTurn(orImplicitFor: record)
    cells.wait(for: cell, by: key(id, in: turn))
    return true
  }

  /// Plans the output of a cell, or of a wait for one; false where the id is that of neither.
  mutating func addOutput(_ record: Record, ofCellBehind key: ItemKey) -> Bool {
    guard !cells.isEmpty, let (index, isWait) = cells.takeOutput(of: key) else { return false }
    let output = ToolOutput(record.payload["output"])
    if cells[index].hasCandidate { hideCell(index) }
    let state: CellTracker.State =
      if case .running(let id) = output.cell?.state { .running(id: id) } else { .ended }
    cells.note(state, of: index, sessions: output.sessions)
    guard let target = cells[index].target, exists(target) else { return true }
    let isOwn = cells[index].items.last.map { $0.turn == target.turn && $0.item == target.item }
    if isOwn ?? false, !isWait {
      setOutput(record, of: target)
    } else {
      continueItem(at: target, record, isWait: isWait)
      noteSession(output, of: target)
    }
    return true
  }
}

// Events and completed items that report the work of cells.
extension TurnPlanner {
  /// Finds the cell that did the reported work, and hides it. Called before the work's own item is
  /// added.
  ///
  /// - Parameters:
  ///   - source: The payload of the event, or the completed item.
  ///   - turn: The index of its turn.
  mutating func noteWork(_ source: JSONValue, id: JSONValue?, in turn: Int) {
    guard !cells.isEmpty, let id else { return }
    let isNamedByCell = id.text.starts(with: "exec-".utf8)
    guard isNamedByCell || !hasCall(id, in: turn) else { return }
    let open = openTurn.map { turns[$0].serial }
    noteDependenceOnOpenCells(in: open)
    let command = InnerCommand(source)
    let areOpen = cells.areOpen(in: open)
    // A command whose text is a literal in a cell without an output was run by that cell.
    let isOfCall = command.words.map { cells.isInCalledCell($0, of: open) } ?? false
    for cell in cells.noteWork(in: open) { hideCell(cell) }
    if isOfCall { return }
    hideEarlierCell(of: turns[turn].serial, command, isForeign: isNamedByCell && !areOpen)
  }

  /// Hides the earlier cell that ran a command: the first one of the turn whose output names the
  /// command's session, or else whose code holds its text. A command that outlives its cell is
  /// recorded when it ends.
  ///
  /// - Parameter isForeign: Whether the id says that a cell ran the command although no cell was
  ///   open.
  private mutating func hideEarlierCell(of turn: UInt32, _ command: InnerCommand, isForeign: Bool) {
    var cell = command.session.flatMap { cells.unreported(of: turn, naming: $0) }
    if cell == nil, let words = command.words { cell = cells.unreported(of: turn, holding: words) }
    if cell == nil, isForeign {
      cell = cells.unreportedCaller(of: turn)
      noteDependenceOnRunningCells(toHide: cell)
    }
    if let cell { hideCell(cell) }
  }

  /// Hides the items of a cell.
  private mutating func hideCell(_ index: Int) {
    guard !cells[index].isReported else { return }
    cells.setReported(index)
    for place in cells[index].items {
      change(place) { if $0.traits.contains(.rebuilt) { $0.traits.insert(.hidden) } }
    }
  }
}

/// The properties of a command by which its cell is found.
private struct InnerCommand {
  /// The session that the command ran in; nil where none is recorded.
  let session: Int64?
  /// The hash of the text that the shell got; nil where none is recorded.
  let words: Int?

  init(_ source: JSONValue) {
    session = source.string("process_id").flatMap { Int64($0) }
    let command = source["command"]
    words = (command?.asString ?? command?.strings.last)?.hashValue
  }
}

extension ToolOutput {
  /// The sessions that the text names as still running.
  fileprivate var sessions: [Int64] {
    Self.sessionMarks.flatMap { mark in text.numbers(behind: mark) }
  }

  private static let sessionMarks = [#"session_id\":"#, "session ID "].map { Array($0.utf8) }
}

extension JSONText {
  /// The numbers directly behind each occurrence of a mark.
  fileprivate func numbers(behind mark: [UInt8]) -> [Int64] {
    escaped.withUnsafeBufferPointer { text in
      mark.withUnsafeBufferPointer { mark in
        var found: [Int64] = []
        var rest = text
        while let place = rest.firstIndex(of: mark) {
          rest = UnsafeBufferPointer(rebasing: rest[(place + mark.count)...])
          let digits = rest.drop { $0 == UInt8(ascii: " ") }.prefix { $0 >= 0x30 && $0 <= 0x39 }
          if let number = Int64(String(decoding: digits, as: UTF8.self)) { found.append(number) }
        }
        return found
      }
    }
  }
}
