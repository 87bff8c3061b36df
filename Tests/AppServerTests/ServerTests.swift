import Changes
import Platform
import Protocol
import Settings
import Synchronization
import TestSupport
import Testing

@testable import AppServer

@Suite struct ServerTests {
  @Test func `warnings about the configuration follow the handshake, unless opted out of`() throws {
    let home = try TemporaryFolder()
    try home.write("model = 5", to: "config.toml")
    for (optOut, count) in [("[]", 2), (#"["configWarning"]"#, 1)] {
      var host = TestServer.host
      host.home = home.path
      let server = try TestServer(host: host)
      server.receive(
        #"{"id":1,"method":"initialize","params":{"clientInfo":{"name":"t","version":"1"},"#
          + #""capabilities":{"optOutNotificationMethods":\#(optOut)}}}"#)
      let sent = server.takeSent()
      #expect(sent.count == count)
      #expect(sent[0].hasPrefix(#"{"id":1,"result":"#))
      #expect(sent.dropFirst().allSatisfy { $0.hasPrefix(#"{"method":"configWarning","params":"#) })
    }
  }

  @Test func `a request that is too deep is answered by its id`() throws {
    let server = try TestServer()
    server.initialize()
    let deep = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
    server.receive(#"{"id":7,"method":"thread/loaded/list","params":{"x":\#(deep)}}"#)
    server.receive(#"{"id":8,"result":\#(deep)}"#)
    #expect(
      server.takeSent() == [
        #"{"error":{"code":-32600,"message":"Invalid request: recursion limit exceeded","#
          + #""data":{"reason":"invalidParams"}},"id":7}"#
      ])
  }

  @Test func `loaded threads come in pages that end although threads go`() throws {
    let ids = try (1...5).map { try UUID("0198c2f0-1111-7000-8000-00000000000\($0)") }
    let server = try TestServer()
    server.initialize()
    let settings = try server.server.session.settings(for: ThreadOverrides(), of: .new)
    for id in ids.shuffled() {
      server.server.session.loadedThreads.add(
        LoadedThread(ThreadHandle(id), settings: settings))
    }
    #expect(page(of: server, #"{}"#) == result(ids, next: nil))
    #expect(page(of: server, #"{"limit":5}"#) == result(ids, next: nil))
    #expect(page(of: server, #"{"limit":2}"#) == result(ids[..<2], next: ids[1]))
    #expect(page(of: server, #"{"limit":0}"#) == result(ids[..<1], next: ids[0]))
    #expect(server.server.session.loadedThreads.remove(ids[1]))
    #expect(
      page(of: server, #"{"limit":2,"cursor":"\#(ids[1])"}"#) == result(ids[2..<4], next: ids[3]))
    #expect(page(of: server, #"{"cursor":"\#(ids[4])"}"#) == result([], next: nil))
  }

  @Test func `the log tells of skipped lines and not what is in them`() throws {
    let logged = Mutex("")
    let log = Log(.warn) { line in logged.withLock { $0 += line } }
    let server = try TestServer(log: log)
    for line in ["secret", #"{"id":1,"method":["secret"]}"#, #"{"secret":1}"#, "", "  \r"] {
      server.receive(line)
    }
    let lines = logged.withLock { $0 }.split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines.allSatisfy { $0.hasPrefix("reprise: warn: skipped a line of ") })
    #expect(lines.allSatisfy { !$0.contains("secret") })
    #expect(server.takeSent().isEmpty)
  }

  @Test(arguments: [
    ("off", ""), ("warn", "w"), ("info", "wi"), ("debug", "wid"), ("INFO", "wi"), ("Off", ""),
  ])
  func `the log tells what its level lets through`(_ name: String, _ expected: String) throws {
    let logged = Mutex("")
    let level = try #require(Log.Level(name: name))
    let log = Log(level) { line in logged.withLock { $0 += line.suffix(2) } }
    log.warn("w")
    log.info("i")
    log.debug("d")
    #expect(logged.withLock { $0.filter { $0 != "\n" } } == expected)
  }

  @Test(arguments: ["loud", "", " warn", "warning"])
  func `a level that nobody knows is none`(_ name: String) {
    #expect(Log.Level(name: name) == nil)
  }

  private func page(of server: TestServer, _ params: String) -> [String] {
    server.receive(#"{"id":1,"method":"thread/loaded/list","params":\#(params)}"#)
    return server.takeSent()
  }

  private func result(_ ids: some Sequence<UUID>, next: UUID?) -> [String] {
    let data = ids.map { "\"\($0)\"" }.joined(separator: ",")
    let cursor = next.map { "\"\($0)\"" } ?? "null"
    return [#"{"id":1,"result":{"data":[\#(data)],"nextCursor":\#(cursor)}}"#]
  }
}
