import JSON
import Protocol
import Rollouts

/// The code cells of a thread, as far as they may still be gone on with, or turn out to be told by what
/// ran in them (HISTORY.md 5.1).
struct CodeCells {
  struct Cell {
    /// What it is shown as: its calls, or the cell itself.
    let items: [TurnPlanner.ItemPlace]
    /// Where its output belongs: to its last call, or to the command that this goes on with.
    let target: TurnPlanner.ItemPlace?
    /// The serial of its turn.
    let turn: UInt32
    let usesTools: Bool
    var state = State.called
    /// Whether something else tells what ran in it.
    var isTold = false
    /// Whether work was done since its last output: if it is waited for once more, that was its own.
    var hasCandidate = false
    /// The hashes of the texts in its code.
    var literals: Set<Int> = []
    /// The sessions that its outputs name.
    var sessions: Set<Int64> = []
  }

  enum State: Equatable {
    case called
    case running(id: String)
    case ended
  }

  private(set) var all: [Cell] = []
  /// Those that have not ended.
  private(set) var open: [Int] = []
  /// Those of each turn of which nothing else tells.
  private var untold: [UInt32: [Int]] = [:]
  /// The cells whose output is to come, by the ids of their calls.
  private var calls: [TurnPlanner.ItemKey: [Int]] = [:]
  /// The cells that calls wait for.
  private var waits: [TurnPlanner.ItemKey: Int] = [:]

  var isEmpty: Bool { all.isEmpty }

  mutating func add(_ cell: Cell, called key: TurnPlanner.ItemKey?) {
    all.append(cell)
    let index = all.count - 1
    open.append(index)
    untold[cell.turn, default: []].append(index)
    if let key { calls[key, default: []].append(index) }
  }

  subscript(index: Int) -> Cell {
    get { all[index] }
    set { all[index] = newValue }
  }

  func expectOutput(of key: TurnPlanner.ItemKey) -> Bool {
    !all.isEmpty && (calls[key] != nil || waits[key] != nil)
  }

  /// The cell that an output is of; nil where it is of none.
  mutating func takeOutput(of key: TurnPlanner.ItemKey) -> (cell: Int, isWait: Bool)? {
    if let cell = waits.removeValue(forKey: key) { return (cell, true) }
    guard var cells = calls[key] else { return nil }
    let first = cells.removeFirst()
    calls[key] = cells.isEmpty ? nil : cells
    return (first, false)
  }

  /// The last cell that runs under a name.
  func running(as id: String) -> Int? { open.last { all[$0].state == .running(id: id) } }

  mutating func wait(for cell: Int, by key: TurnPlanner.ItemKey) { waits[key] = cell }

  mutating func setState(of cell: Int, _ state: State) {
    all[cell].state = state
    if state == .ended { open.removeAll { $0 == cell } }
  }

  /// The cells of a turn of which nothing else tells, in their order.
  func untold(of turn: UInt32) -> [Int] { untold[turn] ?? [] }

  mutating func setTold(_ cell: Int) {
    all[cell].isTold = true
    all[cell].literals = []
    untold[all[cell].turn]?.removeAll { $0 == cell }
  }
}

// Code cells.
extension TurnPlanner {
  mutating func addCell(_ record: Record) {
    let turn = openTurn(orImplicitFor: record)
    let id = record.payload.itemID
    if let id, isTold(id, in: turn) { return }
    let code = CodeCell(record.payload.string("input") ?? "")
    var items: [ItemPlace] = []
    var target: ItemPlace?
    for part in 0..<max(code.calls.count, 1) {
      let traits = part < code.calls.count ? self.traits(of: code.calls[part]) : []
      if let traits {
        add(record, to: turn, traits: traits.union([.rebuilt, .cell]), id: nil, part: part)
        target = place(turns[turn].items.count - 1, in: turn)
        target.map { items.append($0) }
      } else {
        target = code.calls[part].argument.withJSON { commandContinued(by: $0) }
      }
    }
    cells.add(
      CodeCells.Cell(
        items: items, target: target, turn: turns[turn].serial, usesTools: code.usesTools,
        literals: code.literals),
      called: id.map { key($0, in: turn) })
  }

  /// What the item of a call in a cell is like; nil where the call goes on with an earlier one.
  private func traits(of call: CodeCell.Call) -> ItemPlan.Traits? {
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
      if hasPast { missesPast = true }
      return false
    }
    cells.wait(for: cell, by: key(id, in: openTurn(orImplicitFor: record)))
    return true
  }

  /// Takes in the output of a cell, or of a wait for one; false where it is of none.
  mutating func addOutput(_ record: Record, ofCellBehind key: ItemKey) -> Bool {
    guard !cells.isEmpty, let (index, isWait) = cells.takeOutput(of: key) else { return false }
    let output = ToolOutput(record.payload["output"])
    if cells[index].hasCandidate { tell(index) }
    cells[index].sessions.formUnion(output.sessions)
    if case .running(let id) = output.cell?.state {
      cells.setState(of: index, .running(id: id))
    } else {
      cells.setState(of: index, .ended)
    }
    guard let target = cells[index].target, isThere(target) else { return true }
    let isOwn = cells[index].items.contains { $0.turn == target.turn && $0.item == target.item }
    if isOwn, !isWait {
      setOutput(record, of: target)
    } else {
      goOn(with: target, record, isWait: isWait)
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
    let hasCall = items(of: key(id, in: turn)).contains {
      !turns[turn].items[$0].traits.isDisjoint(with: [.rebuilt, .hasCall])
    }
    guard isNamedByCell || !hasCall else { return }
    let command = InnerCommand(source)
    let candidates = openCells()
    // A command whose words stand in the code of a cell that was just called is of that cell.
    let isOfCall = candidates.contains { cell in
      cells[cell].state == .called && command.words.map(cells[cell].literals.contains) ?? false
    }
    for cell in candidates {
      if cells[cell].state == .called { tell(cell) } else { cells[cell].hasCandidate = true }
    }
    guard !isOfCall else { return }
    tellEarlierCell(of: turns[turn].serial, command, isForeign: candidates.isEmpty && isNamedByCell)
  }

  /// The cells that the work may be of; where several are open, those whose code names the tools.
  private func openCells() -> [Int] {
    let turn = openTurn.map { turns[$0].serial }
    let open = cells.open.filter { cells[$0].state != .called || cells[$0].turn == turn }
    let callers = open.filter { cells[$0].usesTools }
    return callers.isEmpty ? open : callers
  }

  /// A command that outlives its cell is recorded where it ends. It is of the first cell of its turn
  /// whose output names its session, or else whose code holds its words.
  ///
  /// - Parameter isForeign: Whether it is a cell's, and no cell was open.
  private mutating func tellEarlierCell(of turn: UInt32, _ command: InnerCommand, isForeign: Bool) {
    let untold = cells.untold(of: turn)
    let cell =
      command.session.flatMap { session in
        untold.first { cells[$0].sessions.contains(session) }
      }
      ?? command.words.flatMap { words in
        untold.first { cells[$0].literals.contains(words) }
      } ?? (isForeign ? untold.first { cells[$0].state != .ended && cells[$0].usesTools } : nil)
    if let cell { tell(cell) }
  }

  /// Takes a cell out of what is shown.
  private mutating func tell(_ index: Int) {
    guard !cells[index].isTold else { return }
    cells.setTold(index)
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
