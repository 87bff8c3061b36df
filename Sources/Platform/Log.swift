/// A log of what the server does. It is off unless the user asks for it, because some clients never
/// read standard error.
///
/// It may contain sizes, names of methods and reasons of failures, but never texts of messages.
package struct Log: Sendable {
  /// The level of detail. Each level includes those before it.
  package enum Level: String, CaseIterable, Comparable, Sendable {
    case off, warn, info, debug

    /// The level with a name, in any letter case; nil if there is none.
    package init?(name: String) { self.init(rawValue: name.lowercased()) }

    /// Whether the first level is less detailed.
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

  /// Creates a log.
  ///
  /// - Parameter write: Writes one line, which includes its line end. Called on any thread.
  package init(_ level: Level, write: @escaping @Sendable (String) -> Void) {
    self.level = level
    self.write = write
  }

  /// A log that is off.
  package static let silent = Log(.off) { _ in }

  /// Logs a problem in spite of which the server continues.
  package func warn(_ text: @autoclosure () -> String) { log(.warn, text) }

  /// Logs a rare event.
  package func info(_ text: @autoclosure () -> String) { log(.info, text) }

  /// Logs a frequent event.
  package func debug(_ text: @autoclosure () -> String) { log(.debug, text) }

  private func log(_ level: Level, _ text: () -> String) {
    guard level <= self.level else { return }
    write("reprise: \(level.rawValue): \(text())\n")
  }
}
