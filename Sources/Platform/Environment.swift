import LibC

/// The variables that the process was started with.
package enum Environment {
  /// Nil where the variable is not set; it may be set and empty.
  package static func value(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }
}
