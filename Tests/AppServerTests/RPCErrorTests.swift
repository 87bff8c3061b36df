import Changes
import JSON
import JSONRPC
import Library
import Platform
import Protocol
import Testing

@testable import AppServer

@Suite struct RPCErrorTests {
  private static let t1 = UUID(version7At: 1)
  private static let t2 = UUID(version7At: 2)

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
