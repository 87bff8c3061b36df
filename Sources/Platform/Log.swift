/// Tells what the server does, on standard error and only if asked: some clients never read it.
///
/// Sizes, names of methods and reasons may be told, texts of messages never.
package struct Log: Sendable {
  /// How much is told; each level tells what those before it do.
  package enum Level: String, CaseIterable, Comparable, Sendable {
    case off, warn, info, debug

    /// The level of a name in any letter case; nil for one that is none.
    package init?(name: String) { self.init(rawValue: name.lowercased()) }

    package static func < (left: Level, right: Level) -> Bool { left.detail < right.detail }

    private var detail: Int {
      switch self {
      case .off: 0
      case .warn: 1
      case .info: 2
      case .debug: 3
      }
    }
  }

  private let level: Level
  private let write: @Sendable (String) -> Void

  /// - Parameter write: Takes one line with its line end, on any thread.
  package init(_ level: Level, write: @escaping @Sendable (String) -> Void) {
    self.level = level
    self.write = write
  }

  /// Something is not as it should be, and the server goes on without it.
  package func warn(_ text: @autoclosure () -> String) { log(.warn, text) }

  /// Something that happens rarely.
  package func info(_ text: @autoclosure () -> String) { log(.info, text) }

  /// Something that happens all the time.
  package func debug(_ text: @autoclosure () -> String) { log(.debug, text) }

  private func log(_ level: Level, _ text: () -> String) {
    guard level <= self.level else { return }
    write("reprise: \(level.rawValue): \(text())\n")
  }
}
