import Testing

/// A program that answers one request after the other.
final class Conversation {
  private let program: Program
  private var unread = ""
  private var lastID = 0

  init(_ program: Program) throws {
    self.program = program
    _ = try ask("initialize", #""clientInfo":{"name":"probe","version":"0.1"}"#)
  }

  /// The answer to a request, as a line. Notifications before it are passed over, and each answer has
  /// to be that of the request.
  func ask(_ method: String, _ params: String) throws -> String {
    lastID += 1
    program.write(#"{"id":\#(lastID),"method":"\#(method)","params":{\#(params)}}"# + "\n")
    while true {
      let line = try #require(nextLine(), "\(method) was not answered")
      if line.contains(#""emittedAtMs":"#), line.hasPrefix(#"{"method":"#) { continue }
      #expect(line.hasPrefix(#"{"id":\#(lastID),"#) || line.hasSuffix(#""id":\#(lastID)}"#))
      return line
    }
  }

  /// The next line of output; nil if the program has ended.
  private func nextLine() -> String? {
    while true {
      if let end = unread.firstIndex(of: "\n") {
        defer { unread = String(unread[unread.index(after: end)...]) }
        return String(unread[..<end])
      }
      let more = program.readSome()
      if more.isEmpty { return nil }
      unread += more
    }
  }

  /// Ends the program.
  ///
  /// - Returns: Its status.
  func finish() throws -> Int32 { try program.finish().status }
}
