import LibC

/// The command-line arguments of the process.
package enum Arguments {
  /// All arguments. The first is the path by which the program was called.
  package static var all: [String] { programArguments() }
}
