import Synchronization
import Testing

@testable import Platform

@Suite struct ThreadPoolTests {
  @Test func `work begins in its order, on no more threads than there may be`() {
    let pool = ThreadPool(limit: 1)
    let done = Semaphore()
    let order = Mutex<[Int]>([])
    for index in 0..<200 {
      pool.run {
        order.withLock { $0.append(index) }
        done.signal()
      }
    }
    for _ in 0..<200 { done.wait() }
    #expect(order.withLock { $0 } == Array(0..<200))
  }

  @Test func `work that waits holds up no other as long as there are threads`() {
    let pool = ThreadPool(limit: 3)
    let released = Semaphore()
    let ended = Semaphore()
    for _ in 0..<2 {
      pool.run {
        released.wait()
        ended.signal()
      }
    }
    pool.run { released.signal() }
    pool.run { released.signal() }
    ended.wait()
    ended.wait()
  }

  @Test func `work that waits leaves threads for all that came with it`() {
    let pool = ThreadPool(limit: 20)
    let released = Semaphore()
    let quick = Semaphore()
    for _ in 0..<15 { pool.run { released.wait() } }
    pool.run { quick.signal() }
    quick.wait()
    for _ in 0..<15 { released.signal() }
  }

  @Test(arguments: [0, 1, 2, 1000])
  func `a loop calls its body once for each number, and ends when all calls have`(_ count: Int) {
    let pool = ThreadPool(limit: 2)
    let calls = Mutex(Array(repeating: 0, count: count))
    pool.forEach(count) { index in calls.withLock { $0[index] += 1 } }
    #expect(calls.withLock { $0 } == Array(repeating: 1, count: count))
  }

  @Test func `a loop does not wait for a pool that is busy`() {
    let pool = ThreadPool(limit: 1)
    let released = Semaphore()
    pool.run { released.wait() }
    let sum = Atomic<Int>(0)
    pool.forEach(100) { sum.add($0, ordering: .relaxed) }
    #expect(sum.load(ordering: .relaxed) == 4950)
    released.signal()
  }

  @Test func `a value is worked out once, whoever is first`() {
    let pool = ThreadPool(limit: 1)
    let released = Semaphore()
    pool.run { released.wait() }
    let calls = Atomic<Int>(0)
    let value = Prefetch(on: pool) { calls.add(1, ordering: .relaxed).newValue }
    #expect(value.value == 1, "nobody else has begun")
    released.signal()
    #expect(value.value == 1)
  }
}
