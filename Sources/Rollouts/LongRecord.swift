import JSON
import Platform

/// A very long record, read without the middle of its long strings (`RecordCondenser`). The record
/// is valid as long as this object.
final class LongRecord {
  /// The size from which on a record is long, in bytes.
  static let smallestSize = LineReader.bufferSize

  /// What was left out.
  let gaps: [FileGap]
  /// The offset behind the record and the padding that follows it: the end of the line, unless
  /// something else is on it.
  let end: Int
  /// Whether NULs surround the record on its line.
  let isPaddedWithNULs: Bool
  private let text: UnsafeMutableBufferPointer<UInt8>
  private let location: RecordLocation

  /// A part of a file that was read as a long record.
  enum Content {
    case record(LongRecord)
    /// The record has to be read whole.
    case whole
    /// There is no record, or a torn one.
    case torn
  }

  /// Reads a record.
  ///
  /// - Parameters:
  ///   - range: The part of the file from the record, or NULs before it, to the last possible end
  ///     of its line.
  ///   - index: The index of the file in its chain.
  static func read(
    _ file: File, in range: Range<Int>, index: Int
  ) throws(SystemError) -> Content {
    var condenser = RecordCondenser(file, in: range)
    switch try condenser.read() {
    case .torn: return .torn
    case .full: return .whole
    case .ofRecord: break
    }
    let place = condenser.start..<condenser.offset
    guard place.count < UInt32.max else { return .torn }
    let location = try RecordLocation(place, of: file, index: index)
    try condenser.skipPadding()
    return .record(LongRecord(condenser, at: location))
  }

  private init(_ condenser: borrowing RecordCondenser, at location: RecordLocation) {
    text = .allocate(capacity: condenser.text.count)
    _ = text.initialize(from: condenser.text)
    gaps = condenser.gaps
    end = condenser.offset
    isPaddedWithNULs = condenser.hasNULs
    self.location = location
  }

  deinit { text.deallocate() }

  /// Parses the record.
  ///
  /// - Throws: Why it is none.
  func parse(with parser: JSONParser) throws(JSONError) -> Record {
    let root = try parser.parse(UnsafeBufferPointer(text), mode: .lenient)
    guard let record = Record(root, at: location) else { throw JSONError("not a record") }
    return record
  }
}

extension RecordLocation {
  /// The location of a long record, whose fingerprint is read from the file.
  fileprivate init(_ range: Range<Int>, of file: File, index: Int) throws(SystemError) {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 8, alignment: 8)
    defer { buffer.deallocate() }
    let fingerprint = try Self.fingerprint(count: range.count) { (offset) throws(SystemError) in
      guard try file.read(at: range.lowerBound + offset, into: buffer) == 8 else {
        throw SystemError.gone(file.path)
      }
      return UInt64(littleEndian: buffer.load(as: UInt64.self))
    }
    self.init(
      offset: range.lowerBound, length: range.count, file: index, fingerprint: fingerprint)
  }
}
