import JSON
package import Platform

/// The open files of a thread, the oldest first. The last file is the head; the file before it is
/// the one that the head's `history_base` refers to, and so on (ROLLOUTS.md 3.4).
///
/// A whole answer is read from these open files, even if files are renamed or removed meanwhile.
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
  /// parent's records; nil if no header has one. The newest header that has one counts, also for
  /// forks.
  package private(set) var ownStartOrdinal: Int64?
  /// Descriptions of the references to other files that could not be followed, for the log.
  package let problems: [String]
  /// The status of the files when they were opened; nil if a reference could not be followed, or if
  /// the files have no names.
  package let status: ChainStatus?

  /// The newest file of the chain.
  package var head: File { links[links.count - 1].file }

  /// Opens the files that precede an open head. `find` returns the path of the file whose name ends
  /// in an id; nil if there is none.
  ///
  /// - Parameter onlyEnds: Whether the beginnings and the ends of compressed files are enough
  ///   (`RolloutEnds`).
  package init(
    head: File, onlyEnds: Bool = false, find: (UUID) throws(SystemError) -> String?
  ) throws(SystemError) {
    let start = WallClock.now()
    try self.init(
      head: head, meta: HeadReader.sessionMeta(of: head), since: start, onlyEnds: onlyEnds,
      find: find)
  }

  /// Opens the files that precede an open head whose header was read.
  ///
  /// - Parameters:
  ///   - meta: The header of the head; nil if it has none.
  ///   - start: A time before the head was opened, in milliseconds since 1970.
  ///   - onlyEnds: Whether the beginnings and the ends of compressed files are enough.
  ///   - find: Returns the path of the file whose name ends in an id; nil if there is none.
  /// - Throws: The error of a file that cannot be read, or that there are too many of them.
  package init(
    head: File, meta: SessionMeta?, since start: Int64, onlyEnds: Bool = false,
    find: (UUID) throws(SystemError) -> String?
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
    var files: Set<FileIdentity> = [FileIdentity(status)]
    var kept = KeptFiles()
    while let base = next {
      next = nil
      guard links.count < RecordLocation.fileLimit else {
        throw SystemError(
          operation: "open", path: head.path,
          reason: "more than \(RecordLocation.fileLimit) files behind each other")
      }
      guard let opened = try OpenBase(base, onlyEnds: onlyEnds, find) else {
        problems.append("the base \(base.id) is not there")
        break
      }
      // A cycle is detected by the id, or by the file itself if it has several names.
      let identity = FileIdentity(opened.status)
      guard seen.insert(base.id).inserted, files.insert(identity).inserted else {
        problems.append("the base \(base.id) is its own base")
        break
      }
      chainStatus.add(opened.link.file, opened.status)
      links.append(kept.keep(opened))
      ownStartOrdinal = ownStartOrdinal ?? opened.header?.ownStartOrdinal
      next = opened.header?.historyBase
    }
    self.links = links.reversed()
    self.problems = problems
    self.status = problems.isEmpty ? chainStatus : nil
  }

  /// Creates a chain from an open head and the files before it, none of which is missing.
  ///
  /// - Parameters:
  ///   - meta: The header of the head; nil if it has none.
  ///   - bases: The files before the head, the oldest first.
  ///   - ownStartOrdinal: The one in the newest header of `bases` that has one; nil if none has.
  package init(
    head: File, meta: SessionMeta?, bases: [Link], ownStartOrdinal: Int64?
  ) throws(SystemError) {
    links = bases + [Link(file: head, end: try head.status().size, endOrdinal: nil)]
    self.meta = meta
    self.ownStartOrdinal = meta?.ownStartOrdinal ?? ownStartOrdinal
    problems = []
    status = nil
  }

  /// Creates a chain of open files, the oldest first.
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

  /// The part of the chain before a position in one of its files.
  package func links(before place: RecordLocation) -> [Link] {
    let last = Int(place.file)
    return links[..<last] + [
      Link(file: links[last].file, end: place.offset, endOrdinal: links[last].endOrdinal)
    ]
  }

  /// The ordinal of the next record; nil in threads without ordinals. Only the last records are
  /// read (ROLLOUTS.md 6.3).
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

  /// Passes all records of the chain to the visitor, in the thread's order.
  package func read(_ visitor: inout some RecordVisitor) throws(SystemError) {
    for (index, link) in links.enumerated() { try read(index, in: 0..<link.end, &visitor) }
  }

  /// Passes the records in a part of a file to the visitor, with the parameters of
  /// `RecordReader.read`.
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

  /// The open files, the oldest first.
  package var files: [File] { links.map(\.file) }

  /// The number of bytes of all files in memory; nil if a file is not in memory.
  package var loadedSize: Int? {
    links.reduce(0) { size, link in
      link.file.loadedBytes.flatMap { loaded in size.map { $0 + loaded.count } }
    }
  }
}

/// Counts the files of a chain that are kept open or in memory. A chain of thousands of files would
/// need more descriptors than there are.
private struct KeptFiles {
  private var descriptors = 0
  private var size = 0

  /// The number of files that are kept open.
  private static let descriptorLimit = 32
  /// The size of all files together that are kept in memory, in bytes.
  private static let sizeLimit = 8 << 20

  /// The link of a base with the file itself if it can be kept, else with one that is opened again for
  /// each read. A file that was unpacked stays open.
  mutating func keep(_ base: OpenBase) -> RolloutChain.Link {
    if base.link.file.loadedBytes == nil { descriptors += 1 } else { size += base.status.size }
    let isKept = descriptors <= Self.descriptorLimit && size <= Self.sizeLimit
    guard !isKept, let file = base.releasedFile else { return base.link }
    return RolloutChain.Link(file: file, end: base.link.end, endOrdinal: base.link.endOrdinal)
  }
}
