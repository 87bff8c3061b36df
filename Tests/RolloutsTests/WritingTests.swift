import Foundation
import JSON
import Platform
import Synchronization
import TestSupport
import Testing

@testable import Rollouts

@Suite struct WritingTests {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder("sessions/2026/01/05/rollout-2026-01-05T12-00-00-\(Self.id).jsonl")
  }

  static let id = "019cabcd-0000-7000-8000-00000000000a"
  static let legacy =
    #"{"timestamp":"2026-01-05T12:00:00.000Z","type":"session_meta","payload":{}}"#
  static let paginated =
    #"{"timestamp":"2026-01-05T12:00:00.000Z","ordinal":4,"type":"session_meta","payload":{}}"#
  /// What the appender below adds at time 0.
  static let added = #"{"timestamp":"1970-01-01T00:00:00.000Z","type":"t","payload":{"a":1}}"#

  func put(_ text: String) throws {
    try folder.write(text, to: String(path.dropFirst(folder.path.count + 1)))
  }

  func appender() throws -> RolloutAppender {
    let chain = try RolloutChain(head: try File(path, for: .reading)) { _ in nil }
    return try RolloutAppender(chain, path: path)
  }

  @discardableResult
  func append(with appender: RolloutAppender) throws -> Bool {
    try appender.append(at: 0) { $0.append("t", [("a", RawJSON(Int64(1)))]) }
  }

  var text: String { (try? String(contentsOfFile: path, encoding: .utf8)) ?? "" }

  // MARK: Appending

  @Test(arguments: ["", "\n"])
  func `a torn tail is ended before something is appended`(_ end: String) throws {
    try put(Self.legacy + "\n" + #"{"timestamp":"20"# + end)
    try append(with: try appender())
    #expect(text == "\(Self.legacy)\n{\"timestamp\":\"20\n\(Self.added)\n")
  }

  @Test func `ordinals go on behind the greatest, also that of another writer`() throws {
    try put(Self.paginated + "\n")
    let appender = try appender()
    try append(with: appender)
    let other = try File(path, for: .appending)
    let foreign = Self.paginated.replacing("\"ordinal\":4", with: "\"ordinal\":9") + "\n"
    try other.append(foreign.utf8.span.bytes)
    try append(with: appender)
    let ordinals = text.matches(of: /"ordinal":([0-9]+)/).map { String($0.output.1) }
    #expect(ordinals == ["4", "5", "9", "10"])
  }

  @Test(arguments: [1 << 53, Int64.max])
  func `an ordinal that no thread comes to does not count`(_ ordinal: Int64) throws {
    let damaged = Self.paginated.replacing("\"ordinal\":4", with: "\"ordinal\":\(ordinal)")
    try put("\(Self.paginated)\n\(damaged)\n")
    try append(with: try appender())
    #expect(text.hasSuffix("\"ordinal\":5,\"type\":\"t\",\"payload\":{\"a\":1}}\n"))
  }

  @Test func `a thread without ordinals gets none`() throws {
    try put(Self.legacy + "\n")
    try append(with: try appender())
    #expect(text == "\(Self.legacy)\n\(Self.added)\n")
  }

  @Test func `a file that lost its name is told from the one that has it now`() throws {
    try put(Self.legacy + "\n")
    let appender = try appender()
    #expect(try append(with: appender))
    try FileManager.default.moveItem(atPath: path, toPath: folder("elsewhere"))
    #expect(try !append(with: appender))
    try put(Self.legacy + "\n")
    #expect(try !append(with: appender))
    #expect(text == Self.legacy + "\n")
  }

  // MARK: The lock

  @Test func `one holds the lock, and the next one may when it is given back`() throws {
    let thread = try Platform.UUID(Self.id)
    var first: WriterLock? = try WriterLock(thread: thread, home: folder.path)
    #expect(folder.names.contains("thread-writer-locks/\(Self.id).lock"))
    #expect {
      _ = try WriterLock(thread: thread, home: folder.path)
    } throws: { error in
      guard case .held(let holder) = error as? WriterLockError else { return false }
      return holder == nil || holder?.pid == Int64(ProcessInfo.processInfo.processIdentifier)
    }
    withExtendedLifetime(first) {}
    first = nil
    #expect(!folder.names.contains("thread-writer-locks/\(Self.id).lock"))
    _ = try WriterLock(thread: thread, home: folder.path)
  }

  @Test func `a lock that cannot be taken says why`() throws {
    try folder.write("", to: "thread-writer-locks")
    #expect {
      _ = try WriterLock(thread: try Platform.UUID(Self.id), home: folder.path)
    } throws: { error in
      guard case .failed = error as? WriterLockError else { return false }
      return true
    }
  }

  /// Whether the system tells who holds a lock.
  static let tellsHolders: Bool = {
    guard let folder = try? TemporaryFolder(),
      let lock = try? FileLock(tryingFor: folder("lock"))
    else { return false }
    return withExtendedLifetime(lock) { FileLockHolder(of: lock.path) != nil }
  }()

  @Test(.enabled(if: tellsHolders))
  func `whoever is refused is told who has the lock, however briefly`() throws {
    let home = folder.path
    let thread = try Platform.UUID(Self.id)
    let refused = Mutex<[FileLockHolder?]>([])
    DispatchQueue.concurrentPerform(iterations: 4) { _ in
      for _ in 0..<200 {
        do {
          try withExtendedLifetime(WriterLock(thread: thread, home: home)) {}
        } catch {
          guard case .held(let holder) = error as? WriterLockError else { continue }
          refused.withLock { $0.append(holder) }
        }
      }
    }
    #expect(refused.withLock { $0.filter { $0 == nil }.count } == 0)
  }

  @Test func `a lock file that a process left behind is no lock`() throws {
    let path = "thread-writer-locks/\(Self.id).lock"
    try folder.write("", to: path)
    var lock: WriterLock? = try WriterLock(thread: Platform.UUID(Self.id), home: folder.path)
    _ = lock
    lock = nil
    #expect(!folder.names.contains(path))
  }

  // MARK: Names

  @Test func `removing a name keeps every other line as it is`() throws {
    let other = "019cabcd-0000-7000-8000-00000000000b"
    let kept = "not json\n\n{\"id\":\"\(other)\", \"thread_name\":\"b\"}\n"
    try folder.write(
      kept + #"{"id":"\#(Self.id)","thread_name":"a","updated_at":"x"}"#,
      to: "session_index.jsonl")
    let index = SessionIndex(home: folder.path)
    try index.append("again", of: try Platform.UUID(Self.id), at: 0)
    #expect(index.name(of: try Platform.UUID(Self.id)) == "again")
    try index.remove([try Platform.UUID(Self.id)], .silent)
    #expect(try folder.text(of: "session_index.jsonl") == kept)
  }

  @Test func `what stands on a line with a name that is removed stays`() throws {
    let other = #"{"id":"019cabcd-0000-7000-8000-00000000000b","thread_name":"b"}"#
    let one = #"{"id":"\#(Self.id)","thread_name":"a"}"#
    try folder.write(
      "\u{FEFF}\(one)\n\0\0\(one)\0\n\(one)\(other)\n\(other)to\(one)\nto\(one)rn\n\(one)",
      to: "session_index.jsonl")
    try SessionIndex(home: folder.path).remove([try Platform.UUID(Self.id)], .silent)
    #expect(try folder.text(of: "session_index.jsonl") == "\(other)\n\(other)to\ntorn\n")
  }

  @Test func `an index that says nothing of the threads stays the same file`() throws {
    let path = try folder.write("\0\0torn\n\n", to: "session_index.jsonl")
    let before = try FileStatus(path: path)
    try SessionIndex(home: folder.path).remove([try Platform.UUID(Self.id)], .silent)
    #expect(try FileStatus(path: path) == before)
  }

  @Test func `removing a name from no index makes none`() throws {
    try SessionIndex(home: folder.path).remove([try Platform.UUID(Self.id)], .silent)
    #expect(folder.names.isEmpty)
  }

  @Test func `lock files of dead processes go with the first lock of a process`() throws {
    let folderName = "thread-writer-locks"
    let ids = (1...3).map { "019cabcd-0000-7000-8000-00000000000\($0)" }
    for id in ids { try folder.write("", to: "\(folderName)/\(id).lock") }
    try folder.write("", to: "\(folderName)/other.lock")
    let held = try FileLock(tryingFor: folder("\(folderName)/\(ids[2]).lock"))
    let lock = try WriterLock(thread: Platform.UUID(ids[0]), home: folder.path)
    #expect(
      folder.names.dropFirst() == [
        "\(folderName)/.coordination.lock", "\(folderName)/\(ids[0]).lock",
        "\(folderName)/\(ids[2]).lock", "\(folderName)/other.lock",
      ])
    withExtendedLifetime((held, lock)) {}
  }

  // MARK: Copying

  @Test func `a copy has the bytes up to the cut, and envelopes around bare records`() throws {
    let bare = """
      {"id":"\(Self.id)","timestamp":"2025-06-01T08:00:00.000Z"}
      {"record_type":"state"}
      {"type":"message","role":"user","content":[]}

      """
    try put(bare)
    let file = try File(path, for: .reading)
    var copy = ""
    let link = RolloutChain.Link(file: file, end: bare.utf8.count, endOrdinal: nil)
    _ = try RolloutCopy([link]).write(from: nil) { bytes in
      copy += bytes.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
    }
    let types = copy.matches(of: /"type":"([a-z_]+)","payload":/).map { String($0.output.1) }
    #expect(types == ["session_meta", "record_state", "response_item"])
    #expect(copy.split(separator: "\n").allSatisfy { $0.contains("2025-06-01T08:00:00.000Z") })

    try put("odd\n" + Self.legacy + "\n{}")
    let cut = RolloutChain.Link(file: try File(path, for: .reading), end: 5, endOrdinal: nil)
    copy = ""
    _ = try RolloutCopy([cut]).write(from: nil) { bytes in
      copy += bytes.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
    }
    #expect(copy == "odd\n{\n", "more will stand behind it")
  }
}
