import LibC

/// What the process was started with beside its environment.
package enum Arguments {
  /// The words of the command line; the first is the program, as it was called.
  package static var all: [String] { programArguments() }
}
