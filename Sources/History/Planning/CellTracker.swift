/// The code cells of a thread, as far as they may still be gone on with, or turn out to be told by what
/// ran in them (HISTORY.md 5.1).
///
/// A thread can have very many of them, and of events: nothing here looks through all of them twice.
struct CellTracker {
  struct Cell {
    /// What it is shown as: its calls, or the cell itself.
    let items: [ItemPlace]
    /// Where its output belongs: to its last call, or to the command that this goes on with.
    let target: ItemPlace?
    /// The serial of its turn.
    let turn: UInt32
    let usesTools: Bool
    /// The hashes of the texts in its code; empty where they do not matter any more.
    fileprivate(set) var literals: Set<Int>
    fileprivate(set) var state = State.called
    /// Whether something else tells what ran in it.
    fileprivate(set) var isReported = false
    /// Whether work was done since its last output: if it is waited for once more, that was its own.
    fileprivate(set) var hasCandidate = false
  }

  enum State: Equatable {
    case called
    case running(id: String)
    case ended
  }

  private var all: [Cell] = []
  /// By their serials.
  private var turns: [UInt32: TurnCells] = [:]
  /// Those whose last output said that they go on.
  private var running = OpenCells()
  private var runningByID: [String: [Int]] = [:]
  /// The cells whose output is to come, by the ids of their calls.
  private var calls: [ItemKey: CellQueue] = [:]
  /// The cells that calls wait for.
  private var waits: [ItemKey: Int] = [:]

  var isEmpty: Bool { all.isEmpty }

  subscript(index: Int) -> Cell { all[index] }

  mutating func add(_ cell: Cell, called key: ItemKey?) {
    let index = all.count
    all.append(cell)
    turns[cell.turn, default: TurnCells()].add(index, cell)
    if let key { calls[key, default: CellQueue()].append(index) }
  }
}

// Outputs.
extension CellTracker {
  func expectsOutput(of key: ItemKey) -> Bool {
    !all.isEmpty && (calls[key] != nil || waits[key] != nil)
  }

  /// The cell that an output is of; nil where it is of none.
  mutating func takeOutput(of key: ItemKey) -> (cell: Int, isWait: Bool)? {
    if let cell = waits.removeValue(forKey: key) { return (cell, true) }
    return calls[key]?.popFirst().map { ($0, false) }
  }

  /// The last cell that runs under an id.
  mutating func running(as id: String) -> Int? {
    while let last = runningByID[id]?.last {
      if all[last].state == .running(id: id) { return last }
      runningByID[id]?.removeLast()
    }
    return nil
  }

  mutating func wait(for cell: Int, by key: ItemKey) { waits[key] = cell }

  /// Notes what an output says of its cell.
  ///
  /// - Parameter sessions: Those that it names as still running.
  mutating func note(_ state: State, of index: Int, sessions: [Int64]) {
    let old = all[index]
    all[index].state = state
    for session in sessions { turns[old.turn]?.note(session, of: index) }
    switch old.state {
    case .called: turns[old.turn]?.close(old)
    case .running: running.remove(old)
    case .ended: break
    }
    if case .running(let id) = state {
      running.add(index, old)
      if old.state != state { runningByID[id, default: []].append(index) }
    }
    if old.isReported { all[index].literals = [] }
  }
}

// What else tells of their work.
extension CellTracker {
  /// Whether the code of a cell that was just called holds a text, by its hash.
  func isInCalledCell(_ literal: Int, of turn: UInt32?) -> Bool {
    turn.map { turns[$0]?.calledLiterals[literal] != nil } ?? false
  }

  /// Whether a cell may have done work: one that runs, or one of the turn that was just called.
  func areOpen(in turn: UInt32?) -> Bool {
    !running.isEmpty || turn.map { turns[$0]?.called.isEmpty == false } ?? false
  }

  /// Whether one that uses tools may have.
  func areCallersOpen(in turn: UInt32?) -> Bool {
    running.callers.count > 0 || turn.map { turns[$0]?.called.callers.count ?? 0 > 0 } ?? false
  }

  /// Notes that work was done: the cells that may have done it are those that are open, or, where any of
  /// these use tools, those.
  ///
  /// - Parameter turn: The open one.
  /// - Returns: Those that were just called: they did it.
  mutating func noteWork(in turn: UInt32?) -> [Int] {
    let group = areCallersOpen(in: turn) ? \OpenCells.callers : \OpenCells.others
    for index in running[keyPath: group].takeNew() { all[index].hasCandidate = true }
    guard let turn else { return [] }
    return (turns[turn]?.called[keyPath: group].takeNew() ?? []).filter { all[$0].state == .called }
  }

  mutating func setReported(_ index: Int) {
    all[index].isReported = true
    if all[index].state != .called { all[index].literals = [] }
  }

  /// The first cell of a turn of which nothing else tells and whose output names a session.
  mutating func unreported(of turn: UInt32, naming session: Int64) -> Int? {
    let cells = all
    return turns[turn]?.bySession[session]?.first { !cells[$0].isReported }
  }

  /// The first cell of a turn of which nothing else tells and whose code holds a text, by its hash.
  mutating func unreported(of turn: UInt32, holding literal: Int) -> Int? {
    let cells = all
    return turns[turn]?.withIndex(of: cells) { $0[literal]?.first { !cells[$0].isReported } }
  }

  /// The first cell of a turn of which nothing else tells, which uses tools and did not come to its end.
  mutating func unreportedCaller(of turn: UInt32) -> Int? {
    let cells = all
    return turns[turn]?.unended.first {
      !cells[$0].isReported && cells[$0].usesTools && cells[$0].state != .ended
    }
  }
}

/// Cells in their order, of which those at the beginning drop out for good.
private struct CellQueue {
  private(set) var cells: [Int] = []
  private var start = 0

  mutating func append(_ cell: Int) { cells.append(cell) }

  mutating func popFirst() -> Int? {
    guard start < cells.count else { return nil }
    start += 1
    return cells[start - 1]
  }

  /// The first for which the condition holds; those before it drop out.
  mutating func first(where condition: (Int) -> Bool) -> Int? {
    while start < cells.count, !condition(cells[start]) { start += 1 }
    return start < cells.count ? cells[start] : nil
  }
}

/// Cells that did not end.
private struct OpenCells {
  struct Group {
    var count = 0
    /// Those that were added since these were last taken.
    private var new: [Int] = []

    mutating func add(_ cell: Int) {
      count += 1
      new.append(cell)
    }

    mutating func takeNew() -> [Int] {
      defer { new = [] }
      return new
    }
  }

  /// Those that use tools.
  var callers = Group()
  var others = Group()

  var isEmpty: Bool { callers.count + others.count == 0 }

  mutating func add(_ index: Int, _ cell: CellTracker.Cell) {
    if cell.usesTools { callers.add(index) } else { others.add(index) }
  }

  mutating func remove(_ cell: CellTracker.Cell) {
    if cell.usesTools { callers.count -= 1 } else { others.count -= 1 }
  }
}

/// The cells of a turn.
private struct TurnCells {
  /// Those without an output.
  var called = OpenCells()
  /// In how many of these each text stands.
  private(set) var calledLiterals: [Int: Int] = [:]
  var unended = CellQueue()
  var bySession: [Int64: CellQueue] = [:]
  private var byLiteral: [Int: CellQueue] = [:]
  /// How many of the cells are in `byLiteral`, which is made when somebody asks for it.
  private var indexedCount = 0

  mutating func add(_ index: Int, _ cell: CellTracker.Cell) {
    called.add(index, cell)
    unended.append(index)
    for literal in cell.literals { calledLiterals[literal, default: 0] += 1 }
  }

  mutating func note(_ session: Int64, of cell: Int) {
    bySession[session, default: CellQueue()].append(cell)
  }

  /// Notes the first output of a cell.
  mutating func close(_ cell: CellTracker.Cell) {
    called.remove(cell)
    for literal in cell.literals {
      let count = calledLiterals[literal] ?? 1
      calledLiterals[literal] = count > 1 ? count - 1 : nil
    }
  }

  mutating func withIndex(
    of all: [CellTracker.Cell], _ body: (inout [Int: CellQueue]) -> Int?
  ) -> Int? {
    for cell in unended.cells[indexedCount...] {
      for literal in all[cell].literals {
        byLiteral[literal, default: CellQueue()].append(cell)
      }
    }
    indexedCount = unended.cells.count
    return body(&byLiteral)
  }
}
