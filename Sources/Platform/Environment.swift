import LibC

/// The environment variables of the process.
package enum Environment {
  /// The value of a variable, which may be empty; nil if the variable is not set.
  package static func value(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }
}
