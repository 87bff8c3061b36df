import Foundation
import LibC
import Platform
import TestSupport
import Testing

@Suite struct FileTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func `reading at an offset stops at the end`() throws {
    let file = try File(try folder.write("0123456789", to: "a"), for: .reading)
    #expect(try read(file, at: 7, upTo: 2) == "78")
    #expect(try read(file, at: 7, upTo: 100) == "789")
    #expect(try read(file, at: 10, upTo: 100) == "")
    #expect(try read(file, at: 99, upTo: 100) == "")
  }

  @Test(arguments: [0, 1, 4999, 5000])
  func `a small file is read whole up to the limit`(size: Int) throws {
    let text = String(repeating: "x", count: size)
    let file = try File(try folder.write(text, to: "a"), for: .reading)
    #expect(try file.readAll(limit: 5000) == Array(text.utf8))
    if size > 0 {
      let error = #expect(throws: SystemError.self) { try file.readAll(limit: size - 1) }
      #expect(error?.code == EFBIG)
    }
  }

  @Test func `a scratch file has no name of its own`() throws {
    let file = try File.scratch(for: folder("a"))
    try file.append(Array("01".utf8).span.bytes)
    try file.append(Array("23".utf8).span.bytes)
    #expect(try read(file, at: 1, upTo: 100) == "123")
    #expect(file.path == folder("a"))
    #expect(folder.names.isEmpty)
  }

  @Test func `a missing file is not found, and the error names it`() throws {
    let error = #expect(throws: SystemError.self) {
      _ = try File(folder("none"), for: .reading)
    }
    #expect(error?.isNotFound == true)
    #expect(error?.description == "open \(folder("none")): No such file or directory")
    #expect(throws: SystemError.self) { _ = try File(folder("none"), for: .appending) }
    #expect(folder.names.isEmpty, "neither makes a file")
  }

  @Test func `a file below a file is not found either`() throws {
    try folder.write("", to: "a")
    let error = #expect(throws: SystemError.self) { _ = try File(folder("a/b"), for: .reading) }
    #expect(error?.isNotFound == true)
  }

  @Test func `a path with a NUL is not that of the file before it`() throws {
    let path = try folder.write("", to: "a") + "\0.txt"
    let opening = #expect(throws: SystemError.self) { _ = try File(path, for: .reading) }
    #expect(opening?.isNotFound == true)
    let looking = #expect(throws: SystemError.self) { _ = try FileStatus(path: path) }
    #expect(looking?.isNotFound == true)
    #expect(throws: SystemError.self) { _ = try File(folder("b\0"), for: .appendingOrCreating) }
    #expect(folder.names == ["a"])
  }

  @Test(arguments: [File.Purpose.reading, .appending])
  func `a folder is told from a file`(purpose: File.Purpose) throws {
    let error = #expect(throws: SystemError.self) { _ = try File(folder.path, for: purpose) }
    #expect(error?.code == EISDIR)
  }

  @Test(.timeLimit(.minutes(1)), arguments: [File.Purpose.reading, .appending])
  func `a pipe is refused at once`(purpose: File.Purpose) throws {
    try #require(mkfifo(folder("pipe"), 0o600) == 0)
    let error = #expect(throws: SystemError.self) { _ = try File(folder("pipe"), for: purpose) }
    #expect(error?.code == ENXIO)
  }

  @Test func `appending goes to the end, wherever it is by then`() throws {
    let path = try folder.write("one\n", to: "a")
    let ours = try File(path, for: .appending)
    let theirs = try File(path, for: .appending)
    try append("two\n", to: ours)
    try append("three\n", to: theirs)
    try append("four\n", to: ours)
    #expect(try folder.text(of: "a") == "one\ntwo\nthree\nfour\n")
    #expect(try read(ours, at: 4, upTo: 4) == "two\n", "it reads too")
  }

  @Test func `a file that is cut ends there and can grow again`() throws {
    let file = try File(try folder.write("one\ntw", to: "a"), for: .appending)
    try file.truncate(to: 4)
    try append("three\n", to: file)
    #expect(try folder.text(of: "a") == "one\nthree\n")
  }

  @Test func `a file is created for its owner alone`() throws {
    try append("x", to: try File(folder("new"), for: .appendingOrCreating))
    #expect(try folder.text(of: "new") == "x")
    #expect(try FileStatus(path: folder("new")).permissions == 0o600)
  }

  @Test func `a file is known by its name until another one has it`() throws {
    let path = try folder.write("one", to: "a")
    let file = try File(path, for: .reading)
    #expect(try file.isNamed(path))
    try FileManager.default.moveItem(atPath: path, toPath: folder("b"))
    #expect(try !file.isNamed(path), "nothing has the name")
    try folder.write("two", to: "a")
    #expect(try !file.isNamed(path))
    #expect(try file.isNamed(folder("b")))
  }

  @Test func `what has no permission says so`() throws {
    #expect(SystemError(operation: "open", path: "/x", code: EACCES).message == "Permission denied")
  }

  @Test func `status tells kinds, sizes and identities`() throws {
    let path = try folder.write("four", to: "a")
    try FileManager.default.createSymbolicLink(atPath: folder("link"), withDestinationPath: "a")
    let status = try FileStatus(path: path)
    #expect(status.kind == .regular)
    #expect(status.size == 4)
    #expect(try FileStatus(path: folder.path).kind == .directory)
    #expect(try FileStatus(path: "/dev/null").kind == .other)
    #expect(try FileStatus(path: folder("link")) == status)
    #expect(try FileStatus(path: folder("link"), followingLinks: false).kind == .symlink)

    let open = try File(path, for: .reading)
    try FileManager.default.moveItem(atPath: path, toPath: folder("b"))
    try folder.write("four", to: "a")
    #expect(try open.status().isSameFile(as: try FileStatus(path: folder("b"))))
    #expect(try !open.status().isSameFile(as: try FileStatus(path: path)))
  }

  @Test func `the time of the last change counts nanoseconds`() throws {
    let path = try folder.write("x", to: "a")
    var times = [timespec(tv_sec: 1_700_000_000, tv_nsec: 123_456_789), timespec()]
    times[1] = times[0]
    try #require(utimensat(AT_FDCWD, path, times, 0) == 0)
    #expect(try FileStatus(path: path).modifiedNanoseconds == 1_700_000_000_123_456_789)
  }

  private func read(_ file: File, at offset: Int, upTo count: Int) throws -> String {
    var bytes = [UInt8](repeating: 0, count: count)
    let found = try bytes.withUnsafeMutableBytes { try file.read(at: offset, into: $0) }
    return String(decoding: bytes[..<found], as: UTF8.self)
  }

  private func append(_ text: String, to file: File) throws {
    try file.append(Array(text.utf8).span.bytes)
  }

  @Test func `a small file that is loaded stays as it was, a large one does not`() throws {
    let path = try folder.write("0123456789", to: "a")
    let loaded = try File(loading: path, upTo: 10)
    let open = try File(loading: path, upTo: 9)
    try File(path, for: .appending).append(Array("!".utf8).span.bytes)
    #expect(try loaded.readAll(limit: 100) == Array("0123456789".utf8))
    #expect(try loaded.status().size == 10)
    #expect(try open.readAll(limit: 100) == Array("0123456789!".utf8))
    #expect(try open.status().size == 11)
    #expect(try File(loading: folder.write("", to: "empty"), upTo: 9).readAll(limit: 9).isEmpty)
  }

  @Test func `the end of a file is its last bytes`() throws {
    let path = try folder.write("0123456789", to: "a")
    #expect(try File.end(of: path, count: 4).bytes == Array("6789".utf8))
    #expect(try File.end(of: path, count: 40).bytes == Array("0123456789".utf8))
    #expect(try File.end(of: path, count: 4).status == FileStatus(path: path))
    #expect(throws: SystemError.self) { try File.end(of: folder("none"), count: 4) }
  }
}
