import LibC

/// Asks for large pages where a large piece of memory is about to be filled.
///
/// The first touch of a small page costs more than all that is done with its 4 KB: without this,
/// most of the time for an image of 20 MB goes there. Where the system does not heed it, nothing
/// changes.
public func preferHugePages(for memory: UnsafeMutableRawBufferPointer) {
  guard memory.count >= 4 << 20, let base = memory.baseAddress else { return }
  let pageSize = 64 * 1024  // A multiple of every system's.
  let start = base.alignedUp(toMultipleOf: pageSize)
  let end = (base + memory.count).alignedDown(toMultipleOf: pageSize)
  adviseHugePages(start, end - start)
}

extension [UInt8] {
  /// Makes room for bytes that are about to come, in large pages where they are many.
  public mutating func reserveCapacityToFill(_ count: Int) {
    reserveCapacity(count)
    let capacity = capacity
    withUnsafeMutableBytes { bytes in
      preferHugePages(for: UnsafeMutableRawBufferPointer(start: bytes.baseAddress, count: capacity))
    }
  }
}
