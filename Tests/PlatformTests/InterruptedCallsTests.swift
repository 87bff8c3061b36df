import Foundation
import LibC
import Platform
import Synchronization
import TestSupport
import Testing

@Suite struct InterruptedCallsTests {
  /// Makes every second call about a folder fail because a signal interrupted it.
  private final class Interruptions: Sendable {
    private let calls = Atomic<Int>(0)

    var count: Int { calls.load(ordering: .relaxed) / 2 }

    init(in folder: TemporaryFolder) {
      DiskAccess.fail(folder.path) { [calls = self] _, _ in
        calls.calls.add(1, ordering: .relaxed).newValue % 2 == 1 ? EINTR : nil
      }
    }
  }

  @Test func `an interrupted call is made again`() throws {
    let folder = try TemporaryFolder()
    let interruptions = Interruptions(in: folder)
    try Directory.create(folder("a/b"))
    let new = try AtomicFile(folder("a/b/file"))
    try new.write("text\n".utf8.span.bytes)
    try new.publish(.silent)
    let file = try File(folder("a/b/file"), for: .appending)
    try file.append("more\n".utf8.span.bytes)
    #expect(try file.readAll(limit: 100) == Array("text\nmore\n".utf8))
    #expect(try File.end(of: file.path, count: 5).bytes == Array("more\n".utf8))
    try file.truncate(to: 5)
    #expect(try FileStatus(path: file.path).size == 5)
    let replacement = try AtomicFile(file.path)
    try replacement.write("other".utf8.span.bytes)
    try replacement.replace(.silent)
    try FileMove.perform([FileMove(from: file.path, to: folder("a/moved"))], .silent)
    #expect(try Directory.entries(at: folder("a")).map(\.name).sorted() == ["b", "moved"])
    #expect(try Path.real(folder("a/moved")) == folder("a/moved"))
    let lock = try FileLock(tryingFor: folder("lock"))
    withExtendedLifetime(lock) {}
    #expect(try File(loading: folder("a/moved"), upTo: 100).loadedBytes?.count == 5)
    try Directory.remove(folder("a"))
    #expect(folder.names == ["lock"])
    #expect(interruptions.count > 20)
  }

  @Test func `a signal does not end the waiting for a lock`() async throws {
    await #expect(processExitsWith: .success) {
      try Termination.install()
      let folder = try TemporaryFolder()
      var held: FileLock? = try FileLock(tryingFor: folder("lock"))
      let waiter = Waiter()
      waiter.wait(for: folder("lock"))
      while waiter.thread.load(ordering: .sequentiallyConsistent) == 0 { usleep(100) }
      for _ in 0..<100 {
        signalThread(waiter.thread.load(ordering: .sequentiallyConsistent), SIGALRM)
        usleep(100)
      }
      try #require(waiter.hasLock.withLock { $0 } == nil)
      withExtendedLifetime(held) {}
      held = nil
      waiter.isDone.wait()
      try #require(waiter.hasLock.withLock { $0 } == true)
    }
  }

  /// A thread that waits for a lock.
  private final class Waiter: Sendable {
    let thread = Atomic<UInt>(0)
    let hasLock = Mutex<Bool?>(nil)
    let isDone = Semaphore()

    func wait(for path: String) {
      ThreadPool(limit: 1).run { [self] in
        thread.store(currentThread(), ordering: .sequentiallyConsistent)
        let lock = try? FileLock(waitingFor: path)
        hasLock.withLock { $0 = lock != nil }
        isDone.signal()
      }
    }
  }

  @Test(arguments: [-99_999_999_999, 99_999_999_999])
  func `the time of a file may be any`(_ seconds: Int) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("", to: "file")
    var times = [timeval](repeating: timeval(tv_sec: seconds, tv_usec: 0), count: 2)
    // Not every file system takes such a time.
    guard utimes(path, &times) == 0 else { return }
    #expect(try (FileStatus(path: path).modifiedNanoseconds < 0) == (seconds < 0))
  }
}
