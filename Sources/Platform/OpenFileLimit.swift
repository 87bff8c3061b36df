import LibC

/// How many files the process may have open at a time.
package enum OpenFileLimit {
  /// Room for the files that the process has open besides: more than it ever has.
  private static let reserve = 256

  /// Raises the limit so that `count` files more than usual can be open, as far as the system
  /// allows.
  ///
  /// The usual limit is low for the sake of programs that use `select`, which this one does not.
  package static func raise(by count: Int) { raiseOpenFileLimit(count + reserve) }
}
