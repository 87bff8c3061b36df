import LibC

/// The limit of files that the process may have open.
package enum OpenFileLimit {
  /// The number of files that the process has open at most for all other purposes.
  private static let reserve = 256

  /// Raises the limit so that `count` additional files can be opened, as far as the system allows.
  ///
  /// The default limit is low because of programs that use `select`. This program does not use it.
  package static func raise(by count: Int) { raiseOpenFileLimit(count + reserve) }
}
