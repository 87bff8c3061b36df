package import JSON
package import Platform

/// Reads single records of open files through one buffer, mostly in the order of the file.
package final class RecordWindow {
  private let files: [File]
  private let parser = JSONParser()
  private var buffer: UnsafeMutableRawBufferPointer
  /// The index of the file in the buffer; `range` is the part of it.
  private var file = 0
  private var range = 0..<0
  /// The record that the parser holds, as long as its text stays in memory.
  private var last: Record?
  /// The last record as a long one, if it was read without the middle of long strings; else nil.
  private var long: LongRecord?

  /// The number of bytes that are read at a time.
  private let size: Int

  /// Creates a window with an empty buffer.
  package convenience init(_ files: [File]) { self.init(files, size: Self.usualSize) }

  /// The usual size of the buffer, in bytes: enough for many records, but quickly filled, since the
  /// first touch of memory costs more than reading.
  private static let usualSize = 64 * 1024

  private init(_ files: [File], size: Int) {
    self.files = files
    self.size = size
    buffer = .allocate(byteCount: size, alignment: 16)
  }

  deinit { buffer.deallocate() }

  /// Reads one record, a very long one without the middle of its long strings, and hands it to
  /// `body`.
  ///
  /// - Throws: The error of the file that cannot be read, or no longer holds the record.
  package static func read<R>(
    _ location: RecordLocation, of files: [File], _ body: (Record) -> R
  ) throws(SystemError) -> R {
    let window = RecordWindow(files, size: min(Int(location.length), usualSize))
    let record = try window.recordWithGaps(at: location)
    return withExtendedLifetime(window) { body(record) }
  }

  /// When the record at a place was written, in ms since 1970; nil where it does not contain that.
  /// Mostly the beginning of the record is enough.
  ///
  /// - Throws: The error of the file that cannot be read, or was cut.
  package static func time(
    of location: RecordLocation, in files: [File]
  ) throws(SystemError) -> Int64? {
    let window = RecordWindow(files, size: 256)
    var beginning = location
    beginning.length = min(location.length, 256)
    var value = try JSONMembers(window.text(at: beginning)).first("timestamp")
    if value == nil { value = try JSONMembers(window.text(at: location)).first("timestamp") }
    guard let value else { return nil }
    return withExtendedLifetime((window, window.parser)) {
      (try? window.parser.parse(value, mode: .lenient))?.timestamp
    }
  }

  /// Reads the record at a place at which one was found before. It is valid until the next call,
  /// and as long as this window.
  ///
  /// - Throws: The error of the file that cannot be read; `gone` if the file was cut or overwritten
  ///   and no longer holds the record.
  package func record(at location: RecordLocation) throws(SystemError) -> Record {
    // Several items can be made of one record.
    if let last, last.location == location, long == nil { return last }
    last = nil
    long = nil
    let text = try recordText(at: location)
    guard let record = Record(parsing: text, at: location, with: parser) else {
      throw gone(location)
    }
    last = record
    return record
  }

  /// The gaps of the last record; none if it was read whole.
  package var gaps: [FileGap] { long?.gaps ?? [] }

  /// Reads a record, a very long one without the middle of its long strings (`gaps`).
  ///
  /// - Throws: As `record(at:)`.
  package func recordWithGaps(at location: RecordLocation) throws(SystemError) -> Record {
    guard location.length > LongRecord.smallestSize else { return try record(at: location) }
    if let last, last.location == location { return last }
    let file = files[Int(location.file)]
    let content = try LongRecord.read(file, in: location.range, index: Int(location.file))
    guard case .record(let long) = content else { return try record(at: location) }
    self.long = long
    last = try? long.parse(with: parser)
    guard let last, last.location == location,
      location.fingerprint == 0 || last.location.fingerprint == location.fingerprint
    else {
      self.last = nil
      throw gone(location)
    }
    return last
  }

  /// The length in bytes behind which a record may have gaps.
  package static let longSize = LongRecord.smallestSize

  /// Whether the text of a record is in the buffer.
  package func holds(_ location: RecordLocation) -> Bool {
    Int(location.file) == file && range.contains(location.range)
  }

  /// Reads the members of the payload of a record without parsing it. They are valid until the next
  /// call.
  ///
  /// - Returns: Nil if the record is not in the usual form.
  /// - Throws: As `record(at:)`.
  package func payload(at location: RecordLocation) throws(SystemError) -> JSONMembers? {
    RecordTags(try recordText(at: location)).map { JSONMembers($0.payload) }
  }

  /// The text of the record that was found at a place before.
  private func recordText(
    at location: RecordLocation
  ) throws(SystemError) -> UnsafeBufferPointer<UInt8> {
    let text = try text(at: location)
    guard location.fingerprint == 0 || location.fingerprint == RecordLocation.fingerprint(text)
    else { throw gone(location) }
    return text
  }

  private func gone(_ location: RecordLocation) -> SystemError {
    .gone(files[Int(location.file)].path)
  }

  private func text(
    at location: RecordLocation
  ) throws(SystemError) -> UnsafeBufferPointer<UInt8> {
    let wanted = location.range
    if !holds(location) {
      try load(wanted, of: Int(location.file))
      guard range.contains(wanted) else { throw gone(location) }
    }
    let part = buffer[
      (wanted.lowerBound - range.lowerBound)..<(wanted.upperBound - range.lowerBound)]
    return UnsafeRawBufferPointer(rebasing: part).bindMemory(to: UInt8.self)
  }

  private func load(_ wanted: Range<Int>, of index: Int) throws(SystemError) {
    let size = max(size, wanted.count)
    last = nil
    if buffer.count != size {
      buffer.deallocate()
      buffer = .allocate(byteCount: size, alignment: 16)
      preferHugePages(for: buffer)
    }
    file = index
    range = wanted.lowerBound..<wanted.lowerBound
    while range.count < wanted.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[range.count...])
      let count = try files[index].read(at: range.upperBound, into: rest)
      if count == 0 { return }
      range = range.lowerBound..<(range.upperBound + count)
    }
  }
}

extension SystemError {
  /// The error of a file that no longer holds what was found in it: it was cut or overwritten.
  package static func gone(_ path: String) -> SystemError {
    SystemError(operation: "read", path: path, reason: "it was cut or overwritten meanwhile")
  }
}

extension RecordLocation {
  /// The range of the record, in bytes of its file.
  fileprivate var range: Range<Int> { offset..<(offset + Int(length)) }
}

extension Range {
  fileprivate func contains(_ other: Range) -> Bool {
    lowerBound <= other.lowerBound && other.upperBound <= upperBound
  }
}
