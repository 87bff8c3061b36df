import JSON
import Platform
import TestSupport
import Testing

@testable import Rollouts

@Suite struct SessionMetaTests {
  static let id = "019c1000-0000-7000-8000-00000000000a"

  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func meta(_ payload: String) throws -> SessionMeta {
    let record =
      #"{"timestamp":"2026-01-05T10:00:01Z","type":"session_meta","payload":\#(payload)}"#
    return try #require(try meta(ofLine: record))
  }

  private func meta(ofLine line: String) throws -> SessionMeta? {
    try HeadReader.sessionMeta(of: File(folder.write(line, to: "rollout"), for: .reading))
  }

  @Test func `every member that is recorded is there`() throws {
    let base = #"{"thread_id":"\#(Self.id)","end_ordinal_exclusive":7,"end_byte_offset":99}"#
    let meta = try meta(
      """
      {"id":"\(Self.id)","session_id":"s","timestamp":"2026-01-05T10:00:00.250Z","cwd":"/w",\
      "originator":"o","cli_version":"0.1","source":"cli","model_provider":"p",\
      "git":{"commit_hash":"c","branch":"b","repository_url":"u"},"forked_from_id":"f",\
      "parent_thread_id":"q","agent_nickname":"n","agent_role":"r","thread_source":"user",\
      "history_mode":"paginated","history_base":\(base)}
      """)
    #expect(meta.id?.description == Self.id)
    #expect(meta.sessionID == "s")
    #expect(meta.createdAt == 1_767_607_200_250)
    #expect(meta.writtenAt == 1_767_607_201_000)
    #expect(meta.cwd == "/w")
    #expect(meta.originator == "o" && meta.cliVersion == "0.1" && meta.modelProvider == "p")
    #expect(meta.sourceName == "cli")
    #expect(meta.git?.commitHash == "c" && meta.git?.branch == "b")
    #expect(meta.git?.repositoryURL == "u")
    #expect(meta.forkedFromID == "f" && meta.parentThreadID == "q")
    #expect(meta.agentNickname == "n" && meta.agentRole == "r" && meta.threadSource == "user")
    #expect(meta.historyMode == "paginated" && !meta.hasOrdinal)
    let expected = HistoryBase(id: try UUID(Self.id), endOrdinal: 7, endOffset: 99)
    #expect(meta.historyBase == expected)
  }

  @Test func `a member of a wrong type is absent, the others are not`() throws {
    let meta = try meta(
      #"{"id":7,"timestamp":[],"cwd":{},"source":null,"git":"main","history_base":[],"originator":"o"}"#
    )
    var expected = SessionMeta()
    expected.originator = "o"
    expected.writtenAt = 1_767_607_201_000
    #expect(meta == expected)
  }

  @Test(arguments: [
    ("0.1", true), ("0.98.0", true), ("0.103.9-beta.1", true), ("v0.98.0", true),
    ("0.104.0", false), ("0.163.0", false), ("1.98.0", false), ("0", false), ("0.x", false),
    ("", false),
  ])
  func `turns were not recorded before 0.104`(_ version: String, _ predatesTurns: Bool) throws {
    let generation = try meta(#"{"cli_version":"\#(version)"}"#).generation
    #expect(generation.recordsTurns != predatesTurns)
  }

  @Test func `of members of one name the last counts`() throws {
    #expect(try meta(#"{"cwd":"/a","cwd":"/b"}"#).cwd == "/b")
  }

  @Test func `an agent tells of itself in two places`() throws {
    let spawn = #"{"parent_thread_id":"q","depth":1,"agent_nickname":"n","agent_type":"r"}"#
    let meta = try meta(#"{"source":{"subagent":{"thread_spawn":\#(spawn)}}}"#)
    #expect(meta.parentThreadID == "q" && meta.agentNickname == "n" && meta.agentRole == "r")
    #expect(meta.sourceName == nil && meta.source != nil)
    #expect(try self.meta(#"{"agent_type":"t"}"#).agentRole == "t")
  }

  @Test func `the header of early 2025 has no envelope`() throws {
    let meta = try meta(
      ofLine: #"{"id":"\#(Self.id)","timestamp":"2025-07-01T10:00:00Z","git":{"branch":"b"}}"#)
    #expect(meta?.id?.description == Self.id)
    #expect(meta?.createdAt == 1_751_364_000_000)
    #expect(meta?.git?.branch == "b")
  }

  @Test func `the first header counts, wherever it stands near the beginning`() throws {
    let first = #"{"timestamp":"x","type":"session_meta","payload":{"cwd":"/one"}}"#
    let second = first.replacing("one", with: "two")
    let other = #"{"timestamp":"x","type":"compacted","payload":{}}"#
    #expect(try meta(ofLine: "torn\n\(other)\n\(first)\n\(second)")?.cwd == "/one")
    #expect(try meta(ofLine: "\u{FEFF}\(other)\(first)")?.cwd == "/one")
    #expect(try meta(ofLine: other) == nil)
    #expect(try meta(ofLine: "") == nil)
  }
}
