import LibC

/// A library that the system may have or not, loaded while the process runs; it stays loaded.
package struct DynamicLibrary: Sendable {
  private let handle: UInt

  /// Loads the first of these that is there; nil where none is.
  ///
  /// - Parameter names: File names, looked up as the system does, or absolute paths.
  package init?(_ names: [String]) {
    for name in names {
      guard let handle = dlopen(name, RTLD_NOW | RTLD_LOCAL) else { continue }
      self.handle = UInt(bitPattern: handle)
      return
    }
    return nil
  }

  /// A function of the library; nil where it has none of this name.
  ///
  /// `Function` is a `@convention(c)` type, and must be the function's own: nothing can check it.
  package func function<Function>(_ name: String) -> Function? {
    precondition(MemoryLayout<Function>.size == MemoryLayout<UnsafeRawPointer>.size)
    return dlsym(UnsafeMutableRawPointer(bitPattern: handle), name)
      .map { unsafeBitCast($0, to: Function.self) }
  }
}
