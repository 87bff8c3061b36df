import System

/// What is needed of libzstd to decompress, from the library of the system (zstd 1.4 and later; the
/// streaming API of `zstd.h`).
struct Zstd: Sendable {
  /// `ZSTD_DStream *`.
  typealias Stream = OpaquePointer
  typealias Create = @convention(c) @Sendable () -> Stream?
  typealias Free = @convention(c) @Sendable (Stream) -> Int
  typealias SetParameter = @convention(c) @Sendable (Stream, Int32, Int32) -> Int
  typealias Decompress =
    @convention(c) @Sendable (Stream, UnsafeMutableRawPointer, UnsafeMutableRawPointer) -> Int
  typealias IsError = @convention(c) @Sendable (Int) -> UInt32
  typealias ErrorName = @convention(c) @Sendable (Int) -> UnsafePointer<CChar>

  let create: Create
  let free: Free
  let setParameter: SetParameter
  /// Takes a pointer to a `Buffer` for its output, and one for its input. Returns 0 at the end of a
  /// frame, an error, or else a number that says that there is more to come.
  let decompress: Decompress
  let isError: IsError
  let errorName: ErrorName

  /// `ZSTD_inBuffer` and `ZSTD_outBuffer`.
  struct Buffer {
    var bytes: UnsafeMutableRawPointer?
    var size = 0
    var position = 0
  }

  /// `ZSTD_d_windowLogMax`, and the most that it can be.
  static let windowLimit: (parameter: Int32, value: Int32) = (100, 31)

  /// What the library is called in errors.
  static let libraryName = "libzstd"

  /// The system's; nil where there is none. Loaded when it is first asked for.
  static let system = Zstd(
    DynamicLibrary([
      "libzstd.so.1", "libzstd.dylib", "/opt/homebrew/lib/libzstd.dylib",
      "/usr/local/lib/libzstd.dylib",
    ]))

  init?(_ library: DynamicLibrary?) {
    guard let library,
      let create: Create = library.function("ZSTD_createDStream"),
      let free: Free = library.function("ZSTD_freeDStream"),
      let setParameter: SetParameter = library.function("ZSTD_DCtx_setParameter"),
      let decompress: Decompress = library.function("ZSTD_decompressStream"),
      let isError: IsError = library.function("ZSTD_isError"),
      let errorName: ErrorName = library.function("ZSTD_getErrorName")
    else { return nil }
    self.create = create
    self.free = free
    self.setParameter = setParameter
    self.decompress = decompress
    self.isError = isError
    self.errorName = errorName
  }
}
