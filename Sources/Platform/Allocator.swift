import LibC

/// Settings of the system's `malloc`.
package enum Allocator {
  /// Makes `malloc` keep freed buffers of several MB for later allocations.
  ///
  /// Otherwise it returns them to the system, and the first access to each new page of 4 KB takes
  /// longer than parsing that much JSON. The effect is that of glibc (mallopt(3),
  /// `M_MMAP_THRESHOLD`): once a large block was freed, blocks up to its size are kept. Other
  /// systems are not affected.
  @inline(never)
  package static func keepFreedBuffers() {
    UnsafeMutableRawPointer.allocate(byteCount: 8 << 20, alignment: 16).deallocate()
  }

  /// Limits `malloc` to two arenas. An arena keeps freed memory that threads of other arenas cannot
  /// use, and few threads of this program work at the same time.
  package static func limitArenas() { limitMallocArenas(to: 2) }
}
