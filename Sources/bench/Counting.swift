import JSON
import Platform
import Rollouts

func countNewlines(in bytes: [UInt8]) -> Int {
  bytes.withUnsafeBufferPointer { bytes in
    var count = 0
    var position = 0
    while let newline = bytes.firstIndex(of: UInt8(ascii: "\n"), from: position) {
      count += 1
      position = newline + 1
    }
    return count
  }
}

func countLines(of file: File) throws -> Int {
  let lines = LineReader(file, in: 0..<Int.max)
  var count = 0
  while try lines.next(ifLong: { _, _ in .kept }) != nil { count += 1 }
  return count
}

/// Counts the records of a file.
///
/// - Parameter parsing: Whether to parse every record, and not only those whose tags are not
///   enough.
func countRecords(of file: File, _ size: Int, parsing: Bool) throws -> RecordCounter {
  var counter = RecordCounter(wantsAll: parsing)
  try RecordReader().read(file, in: 0..<size, &counter)
  return counter
}

/// Counts records, of which it parses all or none.
struct RecordCounter: RecordVisitor {
  let wantsAll: Bool
  private(set) var parsed = 0
  private(set) var passed = 0

  init(wantsAll: Bool) { self.wantsAll = wantsAll }

  func wants(_: RecordKind, _: UnsafeBufferPointer<UInt8>) -> Bool { wantsAll }
  mutating func visit(_: Record) { parsed += 1 }
  mutating func visitUnwanted(_: RecordKind, at _: RecordLocation) { passed += 1 }
}
