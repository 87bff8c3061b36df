import LibC

// The calls of the C library that a signal can interrupt, by the names that they have there. In this
// target these functions hide those of the C library, so that no caller can forget to make an
// interrupted call again. `close` is not among them: Linux has closed the file when it says that it
// was interrupted.

/// Makes a system call again as long as a signal interrupts it.
///
/// - Parameter path: The path that the call is about, for tests that make calls fail; nil for a call
///   about an open file whose path is not known.
func retryingInterrupts<Result: SignedInteger>(
  at path: String? = nil, for request: DiskAccess.Request = .other, _ call: () -> Result
) -> Result {
  while true {
    let result = DiskAccess.fails(path, request) ? -1 : call()
    if result != -1 || errno != EINTR { return result }
  }
}

/// Makes a call that returns nil if it fails again as long as a signal interrupts it.
func retryingInterruptedPointer<Result>(at path: String, _ call: () -> Result?) -> Result? {
  while true {
    let result = DiskAccess.fails(path, .other) ? nil : call()
    if result != nil || errno != EINTR { return result }
  }
}

func open(_ path: String, _ flags: Int32, _ mode: mode_t = 0) -> Int32 {
  retryingInterrupts(at: path) { LibC.open(path, flags, mode) }
}

func realpath(_ path: String) -> UnsafeMutablePointer<CChar>? {
  retryingInterruptedPointer(at: path) { LibC.realpath(path, nil) }
}

@discardableResult
func link(_ path: String, _ newPath: String) -> Int32 {
  retryingInterrupts(at: newPath) { LibC.link(path, newPath) }
}

func rename(_ path: String, _ newPath: String) -> Int32 {
  retryingInterrupts(at: newPath) { LibC.rename(path, newPath) }
}

@discardableResult
func unlink(_ path: String) -> Int32 { retryingInterrupts(at: path) { LibC.unlink(path) } }

func mkdir(_ path: String, _ mode: mode_t) -> Int32 {
  retryingInterrupts(at: path) { LibC.mkdir(path, mode) }
}

func rmdir(_ path: String) -> Int32 { retryingInterrupts(at: path) { LibC.rmdir(path) } }

func fchmod(_ descriptor: Int32, _ mode: mode_t) -> Int32 {
  retryingInterrupts { LibC.fchmod(descriptor, mode) }
}

func fsync(_ descriptor: Int32) -> Int32 { retryingInterrupts { LibC.fsync(descriptor) } }

func ftruncate(_ descriptor: Int32, _ size: off_t) -> Int32 {
  retryingInterrupts { LibC.ftruncate(descriptor, size) }
}

func fstat(_ descriptor: Int32, _ status: inout stat) -> Int32 {
  retryingInterrupts { LibC.fstat(descriptor, &status) }
}
