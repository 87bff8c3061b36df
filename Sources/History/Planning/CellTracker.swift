/// Tracks the code cells of a thread: which of them still run, and which of them an event reports
/// the work of, so that they are hidden (HISTORY.md 5.1).
///
/// A thread can have very many cells and events, so no method looks through all of them again.
struct CellTracker {
  /// A code cell and what is known of its work.
  struct Cell {
    /// The items that the cell is shown as: one for each call in its code, or one for the whole
    /// cell.
    let items: [ItemPlace]
    /// The item that the cell's output belongs to: its last call, or an earlier command that this
    /// call continues.
    let target: ItemPlace?
    /// The serial of the cell's turn.
    let turn: UInt32
    /// Whether the code mentions the tools.
    let usesTools: Bool
    /// The hashes of the string literals in the code; empty once they are no longer needed.
    fileprivate(set) var literals: Set<Int>
    /// How far the cell got.
    fileprivate(set) var state = State.called
    /// Whether an event or a completed item reports what ran in the cell.
    fileprivate(set) var isReported = false
    /// Whether work was reported since the cell's last output. If another output of the cell
    /// follows, the work was the cell's.
    fileprivate(set) var hasCandidate = false
  }

  /// How far a cell got.
  enum State: Equatable {
    /// The cell has no output yet.
    case called
    /// The last output says that the cell still runs, under this id.
    case running(id: String)
    /// The last output says that the cell ended.
    case ended
  }

  private var all: [Cell] = []
  /// The cells of each turn, by its serial.
  private var turns: [UInt32: TurnCells] = [:]
  /// The cells whose last output said that they still run.
  private var running = OpenCells()
  /// The cells that ran under each id, the last one at the end.
  private var runningByID: [String: [Int]] = [:]
  /// The cells whose output is to come, by the ids of their calls.
  private var calls: [ItemKey: CellQueue] = [:]
  /// The cell that each waiting call waits for.
  private var waits: [ItemKey: Int] = [:]

  /// Whether the thread has no code cell so far.
  var isEmpty: Bool { all.isEmpty }

  subscript(index: Int) -> Cell { all[index] }

  /// Adds a cell.
  ///
  /// - Parameter key: The id of the call; nil where the call has none.
  mutating func add(_ cell: Cell, called key: ItemKey?) {
    let index = all.count
    all.append(cell)
    turns[cell.turn, default: TurnCells()].add(index, cell)
    if let key { calls[key, default: CellQueue()].append(index) }
  }
}

// Outputs.
extension CellTracker {
  /// Whether an output with this id would be that of a cell, or of a wait for one.
  func expectsOutput(of key: ItemKey) -> Bool {
    !all.isEmpty && (calls[key] != nil || waits[key] != nil)
  }

  /// Finds the cell that an output belongs to, whose call is then answered.
  ///
  /// - Returns: Nil where the output belongs to no cell.
  mutating func takeOutput(of key: ItemKey) -> (cell: Int, isWait: Bool)? {
    if let cell = waits.removeValue(forKey: key) { return (cell, true) }
    return calls[key]?.popFirst().map { ($0, false) }
  }

  /// The last cell that still runs under an id; nil where there is none.
  mutating func running(as id: String) -> Int? {
    while let last = runningByID[id]?.last {
      if all[last].state == .running(id: id) { return last }
      runningByID[id]?.removeLast()
    }
    return nil
  }

  /// Notes that a call waits for a cell.
  mutating func wait(for cell: Int, by key: ItemKey) { waits[key] = cell }

  /// Notes the state in an output of a cell.
  ///
  /// - Parameter sessions: The sessions that the output names as still running.
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

// Reports of the work of cells.
extension CellTracker {
  /// Whether a string literal, by its hash, is in the code of a cell of this turn that has no
  /// output yet.
  func isInCalledCell(_ literal: Int, of turn: UInt32?) -> Bool {
    turn.map { turns[$0]?.calledLiterals[literal] != nil } ?? false
  }

  /// Whether a cell may just have done work: a running one, or one of this turn without an output.
  func areOpen(in turn: UInt32?) -> Bool {
    !running.isEmpty || turn.map { turns[$0]?.called.isEmpty == false } ?? false
  }

  /// Whether a cell whose code uses tools may just have done work.
  func areCallersOpen(in turn: UInt32?) -> Bool {
    running.callers.count > 0 || turn.map { turns[$0]?.called.callers.count ?? 0 > 0 } ?? false
  }

  /// Notes that work was reported. An open cell that uses tools may have done it. If no open cell
  /// uses tools, any open cell may have done it.
  ///
  /// - Parameter turn: The serial of the open turn.
  /// - Returns: The cells of that turn without an output, to which the work is ascribed.
  mutating func noteWork(in turn: UInt32?) -> [Int] {
    let group = areCallersOpen(in: turn) ? \OpenCells.callers : \OpenCells.others
    for index in running[keyPath: group].takeNew() { all[index].hasCandidate = true }
    guard let turn else { return [] }
    return (turns[turn]?.called[keyPath: group].takeNew() ?? []).filter { all[$0].state == .called }
  }

  /// Notes that an event reports the work of a cell.
  mutating func setReported(_ index: Int) {
    all[index].isReported = true
    if all[index].state != .called { all[index].literals = [] }
  }

  /// The first unreported cell of a turn whose output named a session; nil where there is none.
  mutating func unreported(of turn: UInt32, naming session: Int64) -> Int? {
    let cells = all
    return turns[turn]?.bySession[session]?.first { !cells[$0].isReported }
  }

  /// The first unreported cell of a turn whose code holds a string literal, by its hash; nil where
  /// there is none.
  mutating func unreported(of turn: UInt32, holding literal: Int) -> Int? {
    let cells = all
    return turns[turn]?.withIndex(of: cells) { $0[literal]?.first { !cells[$0].isReported } }
  }

  /// The first unreported cell of a turn that uses tools and did not end; nil where there is none.
  mutating func unreportedCaller(of turn: UInt32) -> Int? {
    let cells = all
    return turns[turn]?.unended.first {
      !cells[$0].isReported && cells[$0].usesTools && cells[$0].state != .ended
    }
  }
}

/// A queue of cells from which cells at the front are removed for good.
private struct CellQueue {
  private(set) var cells: [Int] = []
  private var start = 0

  mutating func append(_ cell: Int) { cells.append(cell) }

  mutating func popFirst() -> Int? {
    guard start < cells.count else { return nil }
    start += 1
    return cells[start - 1]
  }

  /// The first cell that fulfils the condition; nil if there is none. The cells before it are
  /// removed.
  mutating func first(where condition: (Int) -> Bool) -> Int? {
    while start < cells.count, !condition(cells[start]) { start += 1 }
    return start < cells.count ? cells[start] : nil
  }
}

/// Cells that did not end, divided by whether their code uses tools.
private struct OpenCells {
  /// A number of open cells.
  struct Group {
    var count = 0
    /// The cells that were added since the last call of `takeNew`.
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

  /// The cells whose code uses tools.
  var callers = Group()
  /// The cells whose code does not use tools.
  var others = Group()

  var isEmpty: Bool { callers.count + others.count == 0 }

  mutating func add(_ index: Int, _ cell: CellTracker.Cell) {
    if cell.usesTools { callers.add(index) } else { others.add(index) }
  }

  mutating func remove(_ cell: CellTracker.Cell) {
    if cell.usesTools { callers.count -= 1 } else { others.count -= 1 }
  }
}

/// The cells of one turn.
private struct TurnCells {
  /// The cells without an output.
  var called = OpenCells()
  /// The number of cells without an output whose code holds each string literal, by its hash.
  private(set) var calledLiterals: [Int: Int] = [:]
  /// All cells of the turn, of which those that ended are removed as they are met.
  var unended = CellQueue()
  /// The cells whose outputs named each session.
  var bySession: [Int64: CellQueue] = [:]
  /// The cells whose code holds each string literal, by its hash.
  private var byLiteral: [Int: CellQueue] = [:]
  /// The number of cells that `byLiteral` holds; it is completed when it is needed.
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

  /// Completes `byLiteral` and hands it to `body`.
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
