#if canImport(Glibc)
  import Glibc
  import Synchronization
#endif

/// What the process was started with beside its environment.
package enum Arguments {
  /// The words of the command line; the first is the program, as it was called.
  package static var all: [String] {
    #if canImport(Glibc)
      if let given = Texts(bitPattern: first.load(ordering: .relaxed)) { return texts(of: given) }
    #endif
    return CommandLine.arguments
  }

  #if canImport(Glibc)
    private typealias Texts = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>

    /// Where the system has put the words, as a number, which threads can share; 0 where that is not
    /// known.
    private static let first = Atomic<UInt>(0)

    /// Swift reads the words from `/proc/self/cmdline` on Linux, and finds none where `/proc` is not
    /// there, as in some containers. So they are taken from the C library: it calls the functions that
    /// stand in this section with what it will call `main` with.
    @section(".init_array") @used
    private static let keep: @convention(c) (Int32, Texts, Texts) -> Void = { _, texts, _ in
      first.store(UInt(bitPattern: texts), ordering: .relaxed)
    }

    private static func texts(of given: Texts) -> [String] {
      var all: [String] = []
      while let text = given[all.count] { all.append(String(cString: text)) }
      return all
    }
  #endif
}
