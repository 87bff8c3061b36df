package import Platform
import Synchronization

/// Appends records to a rollout, all of a call or none (ROLLOUTS.md 6.2).
///
/// The caller must hold the thread's `WriterLock`. Writes of programs that do not use locks are
/// detected by the status of the file, or because the path leads to another file. A file with a name
/// is open only while it is written to, because a client may have thousands of threads loaded.
package final class RolloutAppender: Sendable {
  /// The place where the records go.
  private enum Target {
    case path(String)
    /// A file without a name, which has to stay open.
    case file(File)
  }

  /// What is known about the end of the file.
  private struct End {
    /// The status of the file when its end was looked at.
    var status: FileStatus
    var hasLineEnd: Bool
    /// The ordinal of the next record; nil in threads without ordinals.
    var nextOrdinal: Int64?

    init(of file: File, nextOrdinal: Int64?) throws(SystemError) {
      status = try file.status()
      let last = status.size > 0 ? try file.byte(at: status.size - 1) : nil
      hasLineEnd = last ?? lineEnd == lineEnd
      self.nextOrdinal = nextOrdinal
    }

    /// Takes into account what other programs have done to the file.
    mutating func lookAgain(at file: File) throws(SystemError) {
      var highest = HighestOrdinal()
      if let nextOrdinal {
        try highest.read(endOf: file, upTo: file.status().size)
        highest.note(nextOrdinal - 1)
      }
      self = try End(of: file, nextOrdinal: highest.ordinal.map { $0 + 1 })
    }
  }

  private let target: Target
  private let end: Mutex<End>

  /// Looks at the end of a chain's head, to which records will be appended.
  ///
  /// - Parameters:
  ///   - chain: The files of the thread.
  ///   - path: The path of the head; nil if it has no name.
  package init(_ chain: RolloutChain, path: String?) throws(SystemError) {
    target = path.map { .path($0) } ?? .file(chain.head)
    end = Mutex(
      try End(of: Self.open(target), nextOrdinal: try chain.nextOrdinal()))
  }

  private static func open(_ target: Target) throws(SystemError) -> File {
    switch target {
    case .path(let path): try File(path, for: .appending)
    case .file(let file): file
    }
  }

  /// Appends the records that `add` writes, in one write. After an error none of them is in the
  /// file.
  ///
  /// - Parameter time: The timestamp of the records, in milliseconds since 1970.
  /// - Returns: False if the path no longer leads to the file. Nothing was written then, and a new
  ///   appender is needed.
  package func append(
    at time: Int64, _ add: (inout RecordWriter) -> Void
  ) throws(SystemError) -> Bool {
    try end.withLock { (end) throws(SystemError) in
      guard let file = try openKnown(end.status) else { return false }
      if try file.status() != end.status { try end.lookAgain(at: file) }
      var records = RecordWriter(time: time, ordinal: end.nextOrdinal)
      add(&records)
      let bytes = end.hasLineEnd ? records.bytes : [lineEnd] + records.bytes
      do throws(SystemError) {
        try file.append(bytes.span.bytes)
      } catch {
        takeBack(upTo: bytes.count, from: end.status.size, of: file)
        throw error
      }
      end.hasLineEnd = true
      end.nextOrdinal = records.ordinal
      // Otherwise another program has written too, and the old status makes the next call look again.
      if let now = try? file.status(), now.size == end.status.size + bytes.count {
        end.status = now
      }
      return true
    }
  }

  /// Opens the file; nil if its path leads to another file or to none.
  private func openKnown(_ status: FileStatus) throws(SystemError) -> File? {
    do throws(SystemError) {
      let file = try Self.open(target)
      return try file.status().isSameFile(as: status) ? file : nil
    } catch {
      guard error.isNotFound else { throw error }
      return nil
    }
  }

  /// Removes the bytes of an incomplete write, unless another program has written to the file.
  ///
  /// - Parameters:
  ///   - count: The number of bytes that should have been written.
  ///   - size: The size of the file before the write, in bytes.
  private func takeBack(upTo count: Int, from size: Int, of file: File) {
    guard let now = try? file.status().size, now > size, now - size < count else { return }
    try? file.truncate(to: size)
  }
}

private let lineEnd = UInt8(ascii: "\n")
