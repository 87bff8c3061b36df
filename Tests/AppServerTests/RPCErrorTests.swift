import Changes
import Foundation
import JSON
import JSONRPC
import Library
import Platform
import Protocol
import Testing

@testable import AppServer

@Suite struct RPCErrorTests {
  private static let t1 = Platform.UUID(version7At: 1)
  private static let t2 = Platform.UUID(version7At: 2)

  @Test func `what is known about an error is told beside its reason, and nothing else`() throws {
    let held = RPCError.locked(Self.t1, holder: LockHolder(pid: 42, name: "codex"))
    #expect(held.code == -32600)
    #expect(held.message == "thread \(Self.t1) already has an active writer")
    #expect(
      data(held)
        == #"{"reason":"locked","threadId":"\#(Self.t1)","holder":{"pid":42,"name":"codex"}}"#)
    #expect(
      data(.locked(Self.t1, holder: nil)) == #"{"reason":"locked","threadId":"\#(Self.t1)"}"#)
    #expect(
      data(.inUse(Self.t1, by: [Self.t2]))
        == #"{"reason":"inUse","threadId":"\#(Self.t1)","threads":["\#(Self.t2)"]}"#)
  }

  @Test func `a method has its own words for a thread that is not there`() {
    let error = ChangeError.library(.notFound(Self.t1))
    #expect(
      RPCError(error, notFound: RPCError.threadNotLoaded).message
        == "thread not loaded: \(Self.t1)")
    #expect(
      RPCError(LibraryError.notFound(Self.t1), notFound: RPCError.rolloutNotFound).message
        == "no rollout found for thread id \(Self.t1)")
  }

  @Test func `of what was sent 200 characters are quoted at most`() throws {
    let home = try StoredHome()
    let long = String(repeating: "ü", count: 300)
    let short = String(repeating: "ü", count: 200)
    for (method, params) in [
      (long, "{}"), ("thread/list", #"{"limit":"\#(long)"}"#),
      ("thread/list", #"{"sortKey":"\#(long)"}"#), ("thread/list", #"{"cursor":"\#(long)"}"#),
      ("thread/resume", #"{"threadId":"","path":"/\#(long.dropLast())"}"#),
      ("thread/read", #"{"threadId":"\#(long)"}"#),
      ("thread/list", #"{"limit":1\#(String(repeating: "0", count: 300))}"#),
    ] {
      let said = home.say(method, params).last ?? ""
      #expect(said.contains(#""error":{"#))
      let message = said.components(separatedBy: #""data":"#)[0]
      #expect(!message.contains(short + "ü") && message.count { $0 == "0" } < 220)
    }
    #expect(home.say(short, "{}").last?.contains("unknown variant `\(short)`, expected") == true)
    #expect(home.say(long, "{}").last?.contains("unknown variant `\(short)…`, expected") == true)
  }

  @Test(arguments: [
    (#"{"id":7,"method":"thread/list","params":{"x":""#, "7"),
    (#"{"jsonrpc":"2.0","id":"seven","method":"x","params":["#, #""seven""#),
    (#"{"method":"x","params":{"x":""#, "null"), ("xxxxxxxxxxxxx", "null"),
  ])
  func `a line that is too long is refused, under its id if that is told`(
    _ beginning: String, _ id: String
  ) throws {
    let server = try TestServer()
    server.initialize()
    server.server.handle(.longLine(beginning: Array(beginning.utf8)[...]))
    let said = server.takeSent()
    #expect(said.count == 1)
    #expect(said.first?.hasSuffix(#""data":{"reason":"tooLarge"}},"id":\#(id)}"#) == true)
    server.receive(#"{"id":8,"method":"thread/loaded/list","params":{}}"#)
    server.answerAll()
    #expect(server.takeSent().count == 1)
  }

  @Test(arguments: [
    (#"{"id":7,"method":"thread/resume","params":{"history":["#, true),
    (#"{"params":{"history":["#, true), (#"{"method":"thread/resume","params":{"x":["#, false),
    (#"{"id":7,"method":"thread/inject_items","params":{"history":["#, false),
  ])
  func `only a request that may hold a history may be longer`(_ text: String, _ mayBe: Bool) {
    #expect(Array(text.utf8).withUnsafeBufferPointer { Server.mayHoldHistory($0) } == mayBe)
  }

  @Test func `an unknown method is told the known ones`() {
    #expect(
      RPCError.unknownMethod("a\"b", known: ["x", "y/z", "w"]).message
        == "Invalid request: unknown variant `a\"b`, expected one of `x`, `y/z`, `w`")
  }

  @Test(arguments: [
    (PathProblem.missing, "file does not exist", ErrorReason.rolloutNotFound),
    (.directory, "path is a directory", .unreadable),
    (.special, "path is not a file", .unreadable),
  ])
  func `a path is told why it is no rollout`(
    _ problem: PathProblem, _ why: String, _ reason: ErrorReason
  ) {
    let error = RPCError.unresolvedPath("/a b", problem)
    #expect(error.message == "failed to resolve rollout path `/a b`: \(why)")
    #expect(data(error) == #"{"reason":"\#(reason.rawValue)","path":"/a b"}"#)
  }

  @Test func `only failures of the disk and of files have the other code`() {
    let empty = RPCError.emptyRollout("/a", hasNoBytes: true)
    #expect(empty.code == -32603)
    #expect(data(empty) == #"{"reason":"notMaterialized","path":"/a"}"#)
    let useless = RPCError.emptyRollout("/a", hasNoBytes: false)
    #expect(data(useless) == #"{"reason":"unreadable","path":"/a"}"#)
    #expect(RPCError.nameTaken("/a").code == -32600)
  }

  private func data(_ error: RPCError) -> String {
    String(decoding: error.data?.bytes ?? [], as: UTF8.self)
  }
}
