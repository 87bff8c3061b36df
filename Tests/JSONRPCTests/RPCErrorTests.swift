import JSON
import Testing

@testable import JSONRPC

@Suite struct RPCErrorTests {
  @Test func `what is known about an error stands beside its reason, and nothing else`() {
    #expect(
      json(.locked("t1", holder: LockHolder(pid: 42, name: "codex")))
        == #"{"code":-32600,"message":"thread t1 already has an active writer","#
        + #""data":{"reason":"locked","threadId":"t1","holder":{"pid":42,"name":"codex"}}}"#)
    #expect(
      json(.locked("t1", holder: nil)).hasSuffix(#""data":{"reason":"locked","threadId":"t1"}}"#))
    #expect(
      json(.inUse("t1", by: ["t2", "t3"])).hasSuffix(
        #""data":{"reason":"inUse","threadId":"t1","threads":["t2","t3"]}}"#))
  }

  @Test func `an unknown method is told the known ones`() {
    #expect(
      RPCError.unknownMethod("a\"b", known: ["x", "y/z", "w"]).message
        == "Invalid request: unknown variant `a\"b`, expected one of `x`, `y/z`, `w`")
  }

  @Test(arguments: [
    (RPCError.PathProblem.missing, "file does not exist", ErrorReason.rolloutNotFound),
    (.directory, "path is a directory", .unreadable),
    (.special, "path is not a file", .unreadable),
  ])
  func `a path is told why it is no rollout`(
    _ problem: RPCError.PathProblem, _ why: String, _ reason: ErrorReason
  ) {
    let error = RPCError.unresolvedPath("/a b", problem)
    #expect(error.message == "failed to resolve rollout path `/a b`: \(why)")
    #expect(error.data.reason == reason)
    #expect(error.data.path == "/a b")
  }

  @Test func `only failures of the disk and of files have the other code`() {
    #expect(RPCError.emptyRollout("/a", hasBytes: false).code == .internalError)
    #expect(RPCError.emptyRollout("/a", hasBytes: false).data.reason == .notMaterialized)
    #expect(RPCError.emptyRollout("/a", hasBytes: true).data.reason == .unreadable)
    #expect(RPCError.nameTaken("/a").code == .invalidRequest)
  }

  private func json(_ error: RPCError) -> String {
    var out = JSONWriter()
    error.write(to: &out)
    return String(decoding: out.bytes, as: UTF8.self)
  }
}
