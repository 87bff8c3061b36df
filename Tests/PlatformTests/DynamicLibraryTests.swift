import Platform
import Testing

@Suite struct DynamicLibraryTests {
  @Test func `the first library that is there gives its functions`() throws {
    let library = try #require(
      DynamicLibrary(["libnowhere.so.9", "libc.so.6", "libSystem.dylib"]))
    let absolute: @convention(c) (Int32) -> Int32 = try #require(library.function("abs"))
    #expect(absolute(-5) == 5)
    let missing: (@convention(c) () -> Void)? = library.function("no_such_function")
    #expect(missing == nil)
  }

  @Test func `a library that is not there is nil`() {
    #expect(DynamicLibrary(["libnowhere.so.9"]) == nil)
    #expect(DynamicLibrary([]) == nil)
  }
}
