import JSON
package import Platform

/// The file that a `history_base` refers to, opened.
package struct OpenBase: Sendable {
  /// The open file with the part of it that belongs to the thread.
  package let link: RolloutChain.Link
  /// The status of the file.
  package let status: FileStatus
  /// The header of the file; nil if it has none.
  package let header: SessionMeta?

  /// Opens the file of a base; nil if it is missing. A file that is being moved is searched again.
  ///
  /// - Parameters:
  ///   - onlyEnds: Whether the beginning and the end of a compressed file are enough (`RolloutEnds`).
  ///   - find: Returns the path of the file whose name ends in an id; nil if there is none.
  /// - Throws: The error of a file that cannot be read, so that no turn is lost silently.
  package init?(
    _ base: HistoryBase, onlyEnds: Bool = false, _ find: (UUID) throws(SystemError) -> String?
  ) throws(SystemError) {
    for _ in 0..<3 {
      guard let path = try find(base.id) else { return nil }
      guard let file = try Self.open(path, onlyEnds: onlyEnds, upTo: base.endOffset) else {
        continue
      }
      status = try file.status()
      let hasGap = onlyEnds && RolloutFile.isCompressed(path)
      link =
        hasGap
        ? RolloutChain.Link(file: file, end: status.size, endOrdinal: base.endOrdinal)
        : try RolloutChain.Link(file, size: status.size, upTo: base)
      header = try HeadReader.sessionMeta(of: file)
      return
    }
    return nil
  }

  private static func open(
    _ path: String, onlyEnds: Bool, upTo end: Int?
  ) throws(SystemError) -> File? {
    do throws(SystemError) {
      return try onlyEnds ? RolloutEnds(of: path, upTo: end).file : RolloutFile.open(path)
    } catch {
      guard error.isNotFound else { throw error }
      return nil
    }
  }

  /// The file as one that is opened again for each read; nil for a file that was unpacked, because it
  /// has no name by which that could be done.
  package var releasedFile: File? {
    RolloutFile.isCompressed(link.file.path) ? nil : link.file.released(status)
  }
}

extension RolloutChain.Link {
  /// Creates the link that a `history_base` describes. It ends at the byte offset if a line ends
  /// there, else at the ordinal, else with the file.
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

extension File {
  /// The byte at an offset; nil at the end of the file.
  func byte(at offset: Int) throws(SystemError) -> UInt8? {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1, alignment: 1)
    defer { buffer.deallocate() }
    return try read(at: offset, into: buffer) == 1 ? buffer[0] : nil
  }

  /// Whether the record at an offset has the given ordinal; true if either ordinal is unknown.
  fileprivate func agrees(with ordinal: Int64?, at offset: Int) throws(SystemError) -> Bool {
    guard let ordinal, let next = try nextOrdinal(at: offset) else { return true }
    return next == ordinal
  }

  /// The ordinal of the record at an offset; nil if there is no record, or none with an ordinal.
  private func nextOrdinal(at offset: Int) throws(SystemError) -> Int64? {
    let lines = LineReader(self, in: offset..<Int.max)
    var ordinal: Int64?
    let line = try lines.next(ifLong: { beginning, _ in
      ordinal = leadingOrdinal(of: beginning)
      return ordinal == nil ? .kept : .wasRead(to: .max)
    })
    guard ordinal == nil, let line else { return ordinal }
    let location = RecordLocation(offset: offset, length: line.bytes.count, file: 0)
    let parser = JSONParser()
    let record = Record(parsing: line.bytes, at: location, with: parser)
    return withExtendedLifetime((parser, lines)) { record?.ordinal }
  }
}
