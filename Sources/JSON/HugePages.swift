import LibC

/// Requests large pages for a large piece of memory that is about to be filled.
///
/// The first touch of a page of 4 KB costs more than all work on its content: without this, most of
/// the time for an image of 20 MB is spent there. Systems that do not support it ignore the
/// request.
public func preferHugePages(for memory: UnsafeMutableRawBufferPointer) {
  guard memory.count >= 4 << 20, let base = memory.baseAddress else { return }
  let pageSize = 64 * 1024  // A multiple of every system's.
  let start = base.alignedUp(toMultipleOf: pageSize)
  let end = (base + memory.count).alignedDown(toMultipleOf: pageSize)
  adviseHugePages(start, end - start)
}

extension [UInt8] {
  /// Reserves room for bytes that are about to be appended, in large pages if they are many.
  public mutating func reserveCapacityToFill(_ count: Int) {
    reserveCapacity(count)
    let capacity = capacity
    withUnsafeMutableBytes { bytes in
      preferHugePages(for: UnsafeMutableRawBufferPointer(start: bytes.baseAddress, count: capacity))
    }
  }
}
