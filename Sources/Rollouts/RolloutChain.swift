import JSON
package import Platform

/// The open files of a thread, the oldest first. The last file is the head; the file before it is
/// the one that the head's `history_base` refers to, and so on (ROLLOUTS.md 3.4).
///
/// All parts of an answer are read from these open files, even if files are renamed or removed
/// meanwhile.
package struct RolloutChain: Sendable {
  /// A file of the chain, and the part of it that belongs to the thread.
  package struct Link: Sendable {
    /// The open file.
    package let file: File
    /// The size of the part that belongs to the thread, in bytes from the start of the file.
    package let end: Int
    /// The first ordinal that does not belong to the thread; nil if `end` is exact.
    package let endOrdinal: Int64?

    /// Creates a link from an open file.
    package init(file: File, end: Int, endOrdinal: Int64?) {
      self.file = file
      self.end = end
      self.endOrdinal = endOrdinal
    }
  }

  /// The files with the parts that belong to the thread, the oldest first.
  package let links: [Link]
  /// The header of the head; nil if the head has none.
  package let meta: SessionMeta?
  /// The ordinal of the first record of a sub-agent's own conversation, after a copy of its
  /// parent's records; nil if no header contains it. The newest header that contains it counts, so
  /// that a fork of a sub-agent has the same value.
  package private(set) var ownStartOrdinal: Int64?
  /// Descriptions of the references to other files that could not be followed, for the log.
  package let problems: [String]
  /// The status of the files when they were opened; nil if a reference could not be followed, or if
  /// the files have no names.
  package let status: ChainStatus?

  /// The greatest number of files in a chain.
  private static let depthLimit = 256

  /// The newest file of the chain.
  package var head: File { links[links.count - 1].file }

  /// Opens the files behind an open head.
  ///
  /// - Parameter find: Looks up the file whose name ends in this id.
  package init(head: File, find: (UUID) -> String?) throws(SystemError) {
    let start = WallClock.now()
    try self.init(head: head, meta: HeadReader.sessionMeta(of: head), since: start, find: find)
  }

  /// Opens the files behind an open head whose header was read.
  ///
  /// - Parameters:
  ///   - meta: The header; nil where the head has none.
  ///   - start: Before the head was opened, in ms since 1970.
  ///   - find: Looks up the file whose name ends in this id.
  package init(
    head: File, meta: SessionMeta?, since start: Int64, find: (UUID) -> String?
  ) throws(SystemError) {
    var chainStatus = ChainStatus(since: start)
    let status = try head.status()
    chainStatus.add(head, status)
    self.meta = meta
    ownStartOrdinal = meta?.ownStartOrdinal
    var problems: [String] = []
    var links = [Link(file: head, end: status.size, endOrdinal: nil)]
    var next = meta?.historyBase
    var seen: Set<UUID> = []
    while let base = next {
      next = nil
      guard links.count < Self.depthLimit else {
        problems.append("more than \(Self.depthLimit) files behind each other")
        break
      }
      guard let file = try Self.open(base.id, find) else {
        problems.append("the base \(base.id) is not there")
        break
      }
      let status = try file.status()
      // By its id, or as the same file under another name.
      guard seen.insert(base.id).inserted, try !links.contains(status) else {
        problems.append("the base \(base.id) is its own base")
        break
      }
      chainStatus.add(file, status)
      links.append(try Link(file, size: status.size, upTo: base))
      let header = try HeadReader.sessionMeta(of: file)
      ownStartOrdinal = ownStartOrdinal ?? header?.ownStartOrdinal
      next = header?.historyBase
    }
    self.links = links.reversed()
    self.problems = problems
    self.status = problems.isEmpty ? chainStatus : nil
  }

  /// Opens a base; one that is moved just now is looked for again. Nil where it is not there.
  private static func open(
    _ base: UUID, _ find: (UUID) -> String?
  ) throws(SystemError) -> File? {
    for _ in 0..<3 {
      guard let path = find(base) else { return nil }
      if let file = try open(path) { return file }
    }
    return nil
  }

  /// Nil for a file that went away; one that is there and cannot be read is an error: to leave it
  /// out would be to lose turns silently.
  private static func open(_ path: String) throws(SystemError) -> File? {
    do throws(SystemError) { return try RolloutFile.open(path) } catch {
      guard error.isNotFound else { throw error }
      return nil
    }
  }

  /// Open files, oldest first; the last one is the head.
  package init(_ links: [Link]) throws(SystemError) {
    self.links = links
    let headers = try links.map { (link) throws(SystemError) in
      try HeadReader.sessionMeta(of: link.file)
    }
    meta = headers.last ?? nil
    ownStartOrdinal = headers.last { $0?.ownStartOrdinal != nil }??.ownStartOrdinal
    problems = []
    status = nil
  }

  /// What of the chain stands before a place in one of its files.
  package func links(before place: RecordLocation) -> [Link] {
    let last = Int(place.file)
    return links[..<last] + [
      Link(file: links[last].file, end: place.offset, endOrdinal: links[last].endOrdinal)
    ]
  }

  /// The ordinal of the next record; nil where the records of the chain have none. The last records
  /// tell it, so that it takes no longer in a large file (ROLLOUTS.md 6.3).
  package func nextOrdinal() throws(SystemError) -> Int64? {
    guard meta?.hasOrdinal ?? true else { return nil }
    for (index, link) in links.enumerated().reversed() {
      var highest = HighestOrdinal()
      if let end = link.endOrdinal {
        try highest.read(link.file, in: 0..<link.end, before: end, index: index)
      } else {
        try highest.read(endOf: link.file, upTo: link.end)
      }
      if let ordinal = highest.ordinal { return ordinal + 1 }
    }
    return nil
  }

  /// Shows the records of the whole chain to the visitor, in the thread's order.
  package func read(_ visitor: inout some RecordVisitor) throws(SystemError) {
    for (index, link) in links.enumerated() { try read(index, in: 0..<link.end, &visitor) }
  }

  /// Shows those in a part of one file; for the arguments and the result see `RecordReader.read`.
  @discardableResult
  package func read(
    _ index: Int, in range: Range<Int>, isCut: Bool = false, _ visitor: inout some RecordVisitor
  ) throws(SystemError) -> Int {
    let link = links[index]
    let reader = RecordReader()
    guard let end = link.endOrdinal else {
      return try reader.read(link.file, in: range, isCut: isCut, index: index, &visitor)
    }
    var limited = OrdinalLimit(visitor: visitor, end: end)
    defer { visitor = limited.visitor }
    return try reader.read(link.file, in: range, isCut: isCut, index: index, &limited)
  }

  /// For reading single records.
  package var files: [File] { links.map(\.file) }

  /// How many bytes of the files are in memory; nil where some are read when they are asked for.
  package var loadedSize: Int? {
    links.reduce(0) { size, link in
      link.file.loadedBytes.flatMap { loaded in size.map { $0 + loaded.count } }
    }
  }
}

extension RolloutChain.Link {
  /// By the byte offset if it falls on a line's end; else by the ordinal; else the whole file.
  fileprivate init(_ file: File, size: Int, upTo base: HistoryBase) throws(SystemError) {
    self.file = file
    if let end = base.endOffset, end > 0, end <= size, try file.byte(at: end - 1) == 0x0A,
      try file.agrees(with: base.endOrdinal, at: end)
    {
      self.end = end
      endOrdinal = nil
    } else {
      end = size
      endOrdinal = base.endOrdinal
    }
  }
}

extension [RolloutChain.Link] {
  fileprivate func contains(_ status: FileStatus) throws(SystemError) -> Bool {
    for link in self where try link.file.status().isSameFile(as: status) { return true }
    return false
  }
}

extension File {
  func byte(at offset: Int) throws(SystemError) -> UInt8? {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1, alignment: 1)
    defer { buffer.deallocate() }
    return try read(at: offset, into: buffer) == 1 ? buffer[0] : nil
  }

  /// Whether the record that begins at `offset` has this ordinal, as far as both tell one.
  fileprivate func agrees(with ordinal: Int64?, at offset: Int) throws(SystemError) -> Bool {
    guard let ordinal, let next = try nextOrdinal(at: offset) else { return true }
    return next == ordinal
  }

  /// The ordinal of the record that begins at `offset`; nil at the end, or where it has none.
  private func nextOrdinal(at offset: Int) throws(SystemError) -> Int64? {
    let lines = LineReader(self, in: offset..<Int.max)
    guard let line = try lines.next(ifLong: { _, _ in .kept }) else { return nil }
    let location = RecordLocation(offset: offset, length: line.bytes.count, file: 0)
    let parser = JSONParser()
    let record = Record(parsing: line.bytes, at: location, with: parser)
    return withExtendedLifetime((parser, lines)) { record?.ordinal }
  }
}

/// Shows only the records before an ordinal.
struct OrdinalLimit<Visitor: RecordVisitor>: RecordVisitor {
  var visitor: Visitor
  let end: Int64

  /// Everything has to be parsed: where records were added out of order, each tells for itself.
  func wants(_: RecordKind, _: UnsafeBufferPointer<UInt8>) -> Bool { true }

  mutating func visit(_ record: Record) {
    if let ordinal = record.ordinal, ordinal >= end { return }
    visitor.visit(record)
  }

  mutating func skip(_ damage: Damage) { visitor.skip(damage) }
  var isDone: Bool { visitor.isDone }
}
