import LibC

/// An optional shared library of the system. It is loaded while the process runs and never
/// unloaded.
package struct DynamicLibrary: Sendable {
  private let handle: UInt

  /// Loads the first of some libraries that exists; nil if none does.
  ///
  /// - Parameter names: File names, which the system searches for in its folders, or absolute
  ///   paths.
  package init?(_ names: [String]) {
    for name in names {
      guard let handle = dlopen(name, RTLD_NOW | RTLD_LOCAL) else { continue }
      self.handle = UInt(bitPattern: handle)
      return
    }
    return nil
  }

  /// A function of the library; nil if the library has no function of this name.
  ///
  /// `Function` must be a `@convention(c)` type that fits the function. This cannot be checked.
  package func function<Function>(_ name: String) -> Function? {
    precondition(MemoryLayout<Function>.size == MemoryLayout<UnsafeRawPointer>.size)
    return dlsym(UnsafeMutableRawPointer(bitPattern: handle), name)
      .map { unsafeBitCast($0, to: Function.self) }
  }
}
