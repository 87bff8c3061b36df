import Foundation
import Synchronization

/// A pipe; closed with the value.
final class TestPipe {
  let readEnd: Int32
  private(set) var writeEnd: Int32

  init() throws {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw POSIXError(.EMFILE) }
    (readEnd, writeEnd) = (ends[0], ends[1])
  }

  deinit {
    close(readEnd)
    closeWriteEnd()
  }

  func write(_ text: String) {
    _ = Foundation.write(writeEnd, text, text.utf8.count)
  }

  func closeWriteEnd() {
    if writeEnd >= 0 { close(writeEnd) }
    writeEnd = -1
  }
}

/// Reads on a thread of its own, with a pause before every 16 KiB.
final class SlowReader: Sendable {
  private let bytes = Mutex<[UInt8]>([])
  private let end = DispatchSemaphore(value: 0)

  init(of descriptor: Int32, pausing pause: Duration) {
    Thread.detachNewThread { [self] in
      var chunk = [UInt8](repeating: 0, count: 16_384)
      while true {
        Thread.sleep(forTimeInterval: pause / .seconds(1))
        let count = read(descriptor, &chunk, chunk.count)
        guard count > 0 else { break }
        bytes.withLock { $0 += chunk[..<count] }
      }
      end.signal()
    }
  }

  /// All that came until the end of the input, which it waits for.
  func everything() -> [UInt8] {
    end.wait()
    return bytes.withLock { $0 }
  }
}
