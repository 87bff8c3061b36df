import Foundation
import TestSupport
import Testing

@testable import AppServer

@Suite struct CompressedThreadTests {
  static let thread = "019bd0c1-5a10-7c3e-9f21-6b0d4e7a1c01"
  static let file =
    "sessions/2026/02/18/rollout-2026-02-18T10-29-58-019bd0c1-5a10-7c3e-9f21-6b0d4e7a1c01.jsonl"

  @Test(arguments: [
    #""threadId":"019bd0c1-5a10-7c3e-9f21-6b0d4e7a1c01""#, #""threadId":"","path":"{file}.zst""#,
  ])
  func `a compressed thread resumes as it did before`(_ params: String) throws {
    let home = try TemporaryFolder()
    let text = try Repository.text(of: "Fixtures/home/\(Self.file)")
    try home.write(text, to: Self.file)
    let before = try resume(#""threadId":"\#(Self.thread)""#, in: home)
    #expect(before.contains("monthrange"))
    try FileManager.default.removeItem(atPath: home(Self.file))
    try home.write(ZstdFrame.storing(Array(text.utf8)), to: "\(Self.file).zst")
    let names = home.names
    let after = try resume(params.replacing("{file}", with: Self.file), in: home)
    #expect(after == before.replacing(".jsonl\"", with: ".jsonl.zst\""))
    #expect(home.names == names, "reading writes nothing")
  }

  @Test func `a file that is not compressed at all is told of`() throws {
    let home = try TemporaryFolder()
    try home.write("{}\n", to: "\(Self.file).zst")
    let answer = try resume(#""threadId":"\#(Self.thread)""#, in: home)
    #expect(answer.hasPrefix(#"{"error":{"code":-32603,"message":"failed to decompress "#))
    #expect(answer.contains(#""data":{"reason":"unreadable","path":"\#(home(Self.file)).zst"}"#))
  }

  private func resume(_ params: String, in home: TemporaryFolder) throws -> String {
    var host = TestServer.host
    host.home = home.path
    let server = try TestServer(host: host)
    server.initialize()
    server.receive(#"{"id":1,"method":"thread/resume","params":{\#(params)}}"#)
    server.answerAll()
    return try #require(server.takeSent().first { $0.contains(#""id":1"#) })
  }
}
