import Foundation
import Platform
import TestSupport
import Testing

@testable import Rollouts

@Suite(.enabled(if: Zstd.system != nil, "needs libzstd")) struct ZstdReaderTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  static let text = Array("One line, and another one.\n".utf8)

  @Test func `what a compressor made comes back`() throws {
    let compressed = try #require(
      Data(base64Encoded: "KLUv/QRo/QAAqG9uZSBsaW5lIGFuZCBhbm90aGVyCgIAoV+pAionE5q2Wro="))
    let line = "one line" + String(repeating: " and another line", count: 3) + "\n"
    #expect(
      try decompressed(Array(compressed)) == Array(String(repeating: line, count: 8).utf8))
  }

  @Test(arguments: [0, 1, 131_072, 131_073, 1_000_000])
  func `all bytes come back, and those of several frames behind each other`(_ size: Int) throws {
    let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
    #expect(try decompressed(ZstdFrame.storing(bytes)) == bytes)
    let frames = ZstdFrame.storing(Self.text) + ZstdFrame.storing([]) + ZstdFrame.storing(bytes)
    #expect(try decompressed(frames) == Self.text + bytes)
  }

  @Test func `a file of no bytes holds none`() throws {
    #expect(try decompressed([]) == [])
  }

  @Test func `much comes in small pieces`() throws {
    let path = try folder.write(ZstdFrame.repeating(0x61, blocks: 800), to: "a.zst")
    let reader = try ZstdReader(File(path, for: .reading))
    var (total, largest) = (0, 0)
    while try reader.next({ piece in
      total += piece.byteCount
      largest = max(largest, piece.byteCount)
    }) {}
    #expect(total == 800 * 131_072)
    #expect(largest <= 131_072)
  }

  @Test(arguments: [1, 7, 20])
  func `a torn file gives what is whole, and then says so`(_ missing: Int) throws {
    let torn = ZstdFrame.storing(Self.text) + ZstdFrame.storing(Self.text).dropLast(missing)
    let (bytes, error) = try decompressedWithError(torn)
    #expect(bytes.starts(with: Self.text))
    #expect(error?.description == "decompress \(folder("a.zst")): it ends too early")
  }

  @Test func `what is no zstd is told with the file's name`() throws {
    let (bytes, error) = try decompressedWithError(Array("not compressed at all".utf8))
    #expect(bytes.isEmpty)
    #expect(error?.path == folder("a.zst"))
    #expect(error?.code == 0)
  }

  private func decompressed(_ compressed: [UInt8]) throws -> [UInt8] {
    let (bytes, error) = try decompressedWithError(compressed)
    if let error { throw error }
    return bytes
  }

  private func decompressedWithError(
    _ compressed: [UInt8]
  ) throws -> (bytes: [UInt8], error: SystemError?) {
    let path = try folder.write(compressed, to: "a.zst")
    let reader = try ZstdReader(File(path, for: .reading))
    var bytes: [UInt8] = []
    do throws(SystemError) {
      while try reader.next({ piece in piece.withUnsafeBytes { bytes += $0 } }) {}
      return (bytes, nil)
    } catch {
      return (bytes, error)
    }
  }
}

@Suite struct MissingZstdTests {
  @Test func `without the library the error names it and the file`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("", to: "a.jsonl.zst")
    let error = #expect(throws: SystemError.self) {
      _ = try ZstdReader(
        File(path, for: .reading), with: Zstd(DynamicLibrary(["libnowhere.so.9"])))
    }
    #expect(error?.description == "decompress \(path): libzstd is not there to be loaded")
  }
}

@Suite(.enabled(if: Zstd.system != nil, "needs libzstd")) struct CompressedRolloutTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func `a compressed rollout is opened as what is in it`() throws {
    let path = try folder.write(ZstdFrame.storing(Array("{}\n".utf8)), to: "a.jsonl.zst")
    let file = try RolloutFile.open(path)
    #expect(try file.readAll(limit: 100) == Array("{}\n".utf8))
    #expect(file.path == path)
    #expect(folder.names == ["a.jsonl.zst"], "nothing is written beside it")
  }

  @Test func `one that was replaced is unpacked anew`() throws {
    let path = try folder.write(ZstdFrame.storing([1]), to: "a.jsonl.zst")
    #expect(try RolloutFile.open(path).readAll(limit: 100) == [1])
    try folder.write(ZstdFrame.storing([2, 2]), to: "a.jsonl.zst")
    #expect(try RolloutFile.open(path).readAll(limit: 100) == [2, 2])
  }

  @Test func `no more is unpacked than is wanted`() throws {
    let path = try folder.write(ZstdFrame.repeating(0x61, blocks: 800), to: "a.jsonl.zst")
    #expect(try RolloutEnds.beginning(of: path, upTo: 100).status().size == 100)
    #expect(try RolloutEnds(of: path).file.status().size == 0)
    #expect(try RolloutFile.open(path).status().size == 800 * 131_072)
  }

  @Test(arguments: [10, 1_000_000, 10_000_000])
  func `the ends are whole lines, and a gap is told`(_ size: Int) throws {
    let lines = (0..<size / 10).map { String($0 + 1_000_000_000).dropFirst() + "\n" }.joined()
    let path = try folder.write(ZstdFrame.storing(Array(lines.utf8)), to: "a.jsonl.zst")
    let ends = try RolloutEnds(of: path)
    let text = String(decoding: try ends.file.readAll(limit: 20_000_000), as: UTF8.self)
    #expect(ends.hasEnd)
    #expect(ends.hasGap == (size == 10_000_000))
    if ends.hasGap {
      #expect(text.hasPrefix("000000000\n000000001\n") && text.hasSuffix(lines.suffix(100)))
      #expect(text.split(separator: "\n").allSatisfy { $0.utf8.count == 9 })
      #expect(text.utf8.count >= 2_000_000)
    } else {
      #expect(text == lines)
    }
  }

  @Test func `the beginning and the part before an offset are what a base gives a list`() throws {
    let path = try folder.write(ZstdFrame.storing(Array("one\ntwo\nthree\n".utf8)), to: "a.zst")
    let ends = try RolloutEnds(of: path, upTo: 8)
    #expect(try ends.file.readAll(limit: 100) == Array("one\ntwo\n".utf8))
    #expect(ends.hasEnd && !ends.hasGap)
  }

  @Test(arguments: [10, 1_000_000])
  func `a header is found however long it is`(_ length: Int) throws {
    let text = String(repeating: "x", count: length)
    let header = #"{"type":"session_meta","payload":{"cwd":"/\#(text)"}}"# + "\n"
    let path = try folder.write(
      ZstdFrame.storing(Array(header.utf8)) + ZstdFrame.repeating(0x61, blocks: 200),
      to: "a.jsonl.zst")
    #expect(try HeadReader.sessionMeta(at: path)?.cwd == "/" + text)
  }

  @Test func `damage ends it with a line that is no record`() throws {
    let path = try folder.write(
      ZstdFrame.storing(Array("{}\n".utf8)) + [0x28, 0xB5], to: "a.jsonl.zst")
    let text = String(decoding: try RolloutFile.open(path).readAll(limit: 1000), as: UTF8.self)
    #expect(text == "{}\n\ndecompress \(path): it ends too early\n")
  }

  @Test func `unpacking ends when nobody waits for it`() throws {
    let path = try folder.write(ZstdFrame.repeating(0x61, blocks: 8), to: "a.jsonl.zst")
    let cancellation = Cancellation()
    cancellation.cancel()
    let error = #expect(throws: SystemError.self) {
      try cancellation.interruptingReads { () throws(SystemError) in try RolloutFile.open(path) }
    }
    #expect(error?.code == ECANCELED)
  }

  @Test func `unpacking beside makes a whole file or none`() throws {
    let path = try folder.write(ZstdFrame.storing([1, 2]), to: "a.jsonl.zst")
    #expect(try RolloutFile.unpackBeside(path, .silent) == folder("a.jsonl"))
    #expect(try folder.text(of: "a.jsonl") == "\u{1}\u{2}")
    #expect(folder.names == ["a.jsonl", "a.jsonl.zst"])
    #expect(throws: SystemError.self) { try RolloutFile.unpackBeside(path, .silent) }
    let torn = try folder.write(ZstdFrame.storing([1, 2]).dropLast(), to: "b.jsonl.zst")
    #expect(throws: SystemError.self) { try RolloutFile.unpackBeside(torn, .silent) }
    #expect(folder.names == ["a.jsonl", "a.jsonl.zst", "b.jsonl.zst"])
  }
}
