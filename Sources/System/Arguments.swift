import LibC

/// What the process was started with beside its environment.
package enum Arguments {
  /// The words of the command line; the first is the program, as it was called.
  package static var all: [String] {
    guard let given = programArguments() else { return CommandLine.arguments }
    var all: [String] = []
    while let text = given[all.count] { all.append(String(cString: text)) }
    return all
  }
}
