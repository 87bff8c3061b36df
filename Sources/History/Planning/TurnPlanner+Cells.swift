import JSON
import Rollouts

// Code cells.
extension TurnPlanner {
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
        // A call that others follow was accepted.
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

  /// What the item of a call in a cell is like; nil where the call goes on with an earlier one.
  private func traits(of call: CellCall) -> ItemPlan.Traits? {
    switch ItemKinds.tool(call.name, in: call.namespace)?.effect {
    case .continuesSession: nil
    case .plan: [.plan, .hidden]
    case .startsSession: .startsSession
    case .asksUser, .waits, .item, nil: []
    }
  }

  /// Notes that a call waits for a cell; false where it names none that is known.
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

  /// Takes in the output of a cell, or of a wait for one; false where it is of none.
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

// Inner items: what an event or a completed item tells of the work of a cell.
extension TurnPlanner {
  /// Notes work that was done, before its item is added: if a cell did it, the cell is no item.
  ///
  /// - Parameters:
  ///   - source: The event or completed item.
  ///   - turn: The index of its turn.
  mutating func noteWork(_ source: JSONValue, id: JSONValue?, in turn: Int) {
    guard !cells.isEmpty, let id else { return }
    let isNamedByCell = id.text.starts(with: "exec-".utf8)
    guard isNamedByCell || !hasCall(id, in: turn) else { return }
    let open = openTurn.map { turns[$0].serial }
    noteDependenceOnOpenCells(in: open)
    let command = InnerCommand(source)
    let areOpen = cells.areOpen(in: open)
    // A command whose words stand in the code of a cell that was just called is of that cell.
    let isOfCall = command.words.map { cells.isInCalledCell($0, of: open) } ?? false
    for cell in cells.noteWork(in: open) { hideCell(cell) }
    if isOfCall { return }
    hideEarlierCell(of: turns[turn].serial, command, isForeign: isNamedByCell && !areOpen)
  }

  /// A command that outlives its cell is recorded where it ends. It is of the first cell of its turn
  /// whose output names its session, or else whose code holds its words.
  ///
  /// - Parameter isForeign: Whether it is a cell's, and no cell was open.
  private mutating func hideEarlierCell(of turn: UInt32, _ command: InnerCommand, isForeign: Bool) {
    var cell = command.session.flatMap { cells.unreported(of: turn, naming: $0) }
    if cell == nil, let words = command.words { cell = cells.unreported(of: turn, holding: words) }
    if cell == nil, isForeign {
      cell = cells.unreportedCaller(of: turn)
      noteDependenceOnRunningCells(toHide: cell)
    }
    if let cell { hideCell(cell) }
  }

  /// Takes a cell out of what is shown.
  private mutating func hideCell(_ index: Int) {
    guard !cells[index].isReported else { return }
    cells.setReported(index)
    for place in cells[index].items {
      change(place) { if $0.traits.contains(.rebuilt) { $0.traits.insert(.hidden) } }
    }
  }
}

/// What of a command tells which cell ran it.
private struct InnerCommand {
  /// The session that it ran in.
  let session: Int64?
  /// The hash of the text that the shell got.
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
  /// The numbers that stand right behind a mark.
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
