import Platform
import Synchronization

/// The functions for decompression in the system's libzstd (zstd 1.4 and later; the streaming API
/// of `zstd.h`).
struct Zstd: Sendable {
  /// The type `ZSTD_DStream *`.
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
  /// Takes pointers to a `Buffer` for its output and to one for its input. Returns 0 at the end of
  /// a frame, an error, or else a number that means that the frame continues.
  let decompress: Decompress
  let isError: IsError
  let errorName: ErrorName

  /// The types `ZSTD_inBuffer` and `ZSTD_outBuffer`.
  struct Buffer {
    var bytes: UnsafeMutableRawPointer?
    var size = 0
    var position = 0
  }

  /// The parameter `ZSTD_d_windowLogMax` and its highest value.
  static let windowLimit: (parameter: Int32, value: Int32) = (100, 31)

  /// The name of the library in errors.
  static let libraryName = "libzstd"

  /// The system's library, loaded when it is first used; nil where there is none. A library that
  /// could not be loaded is tried again, because the process may have had no descriptor left for it.
  static var system: Zstd? {
    loaded.withLock { loaded in
      loaded = loaded ?? Zstd(DynamicLibrary(fileNames))
      return loaded
    }
  }

  private static let loaded = Mutex<Zstd?>(nil)
  private static let fileNames = [
    "libzstd.so.1", "libzstd.dylib", "/opt/homebrew/lib/libzstd.dylib",
    "/usr/local/lib/libzstd.dylib",
  ]

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
