import LibC

/// The system's `malloc`.
package enum Allocator {
  /// Lets it keep buffers of some MB when they are freed, to be used again.
  ///
  /// It would give them back to the system, and the first touch of a fresh page costs more than what
  /// is done with its 4 KB. Blocks as large as one that was freed are kept from then on: that is how
  /// glibc adapts (mallopt(3), `M_MMAP_THRESHOLD`), and other systems are not harmed.
  @inline(never)
  package static func keepFreedBuffers() {
    UnsafeMutableRawPointer.allocate(byteCount: 8 << 20, alignment: 16).deallocate()
  }

  /// Lets no more than two threads at a time keep memory that was freed, to be used again: what one
  /// thread keeps, another cannot use, and few threads work at the same time.
  package static func limitArenas() { limitMallocArenas(to: 2) }
}
