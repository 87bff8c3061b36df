import Foundation
import TestSupport
import Testing

@testable import AppServer

/// What lists show of compressed threads.
@Suite struct CompressedListTests {
  private let home: WritableHome

  init() throws { home = try WritableHome() }

  private var path: String { home.folder("home/" + WritableHome.path) }

  /// The text of a thread with a first and a last message.
  private func text(between: [String] = []) throws -> [UInt8] {
    try home.store([String].said("the first") + between + .said("the last"))
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try FileManager.default.removeItem(atPath: path)
    let last = try #require(text.range(of: "10:00:01", options: .backwards))
    return Array(text.replacingCharacters(in: last, with: "10:09:09").utf8)
  }

  private func write(_ bytes: [UInt8], ending: String = ".zst") throws {
    try Data(bytes).write(to: URL(filePath: path + ending))
  }

  /// The rows of both orders without the place of the file, by a server of its own.
  private func rows() throws -> [String] {
    try ["created_at", "updated_at"].map { key in
      let server = try WritableHome(at: home)
      return try server.ask("thread/list", #""sortKey":"\#(key)""#)
        .replacing(".jsonl.zst\"", with: ".jsonl\"")
    }
  }

  @Test(arguments: [0, 3_000_000, 60_000_000])
  func `a row is that of the plain file, however much is between the ends`(_ size: Int) throws {
    let long = String(repeating: "x", count: 100_000)
    let between = (0..<(size / 100_000)).map { _ in String.item("assistant", long) }
    let text = try text(between: between)
    try write(text, ending: "")
    let plain = try rows()
    #expect(plain[0].contains(#""preview":"the first""#))
    try FileManager.default.removeItem(atPath: path)
    try write(ZstdFrame.storing(text))
    #expect(try rows() == plain)
  }

  @Test func `a fork of a compressed thread has the row that it has behind a plain one`() throws {
    let message = String.completed("UserMessage", "the first", in: "t")
    let records =
      [.started("t"), message, .ended("t")]
      + (0..<30).map { number in
        String.item("assistant", String(repeating: "x", count: 100_000) + "\(number)")
      }
    try home.store(records, isPaginated: true)
    let fork = try home.thread("thread/fork", WritableHome.reference)
    let plain = try rows()
    #expect(plain.allSatisfy { $0.contains(fork.id) })
    #expect(plain[0].ranges(of: #""preview":"the first""#).count == 2)
    try home.compress(path)
    #expect(try rows() == plain)
  }

  @Test func `a first message behind the first MiB is found too`() throws {
    let long = String(repeating: "x", count: 100_000)
    try home.store((0..<20).map { _ in .item("developer", long) } + .said("the first"))
    try home.compress(path)
    #expect(try rows().allSatisfy { $0.contains(#""preview":"the first""#) })
  }

  @Test(arguments: ["several", "skippable", "torn", "damaged", "bomb"])
  func `a thread is shown from what can be unpacked`(_ kind: String) throws {
    let text = try text()
    let half = text.count / 2
    let packed = ZstdFrame.storing(text)
    switch kind {
    case "several":
      try write(ZstdFrame.storing(Array(text[..<half])) + ZstdFrame.storing(Array(text[half...])))
    case "skippable":
      try write(ZstdFrame.skippable([1, 2, 3]) + packed + ZstdFrame.skippable([]))
    case "torn": try write(packed + ZstdFrame.storing(text).prefix(half))
    case "damaged": try write(packed + Array("no frame".utf8))
    default: try write(packed + ZstdFrame.repeating(0x61, blocks: 800))
    }
    for row in try rows() { #expect(row.contains(#""preview":"the first""#)) }
    let read = try WritableHome(at: home).ask(
      "thread/read", WritableHome.reference + #","includeTurns":true"#)
    #expect(read.contains("the last"))
  }

  @Test func `a thread too long to be unpacked for a list changed when its file did`() throws {
    try write(ZstdFrame.storing(text()) + ZstdFrame.repeating(0x61, blocks: 800))
    let date = Date(timeIntervalSince1970: 1_780_000_000)
    try FileManager.default.setAttributes(
      [.modificationDate: date], ofItemAtPath: path + ".zst")
    for row in try rows() { #expect(row.contains(#""updatedAt":1780000000,"#)) }
  }

  @Test(arguments: ["window", "dictionary", "nothing"])
  func `what cannot be unpacked is listed by its name, and an error says why`(
    _ kind: String
  ) throws {
    let text = try text()
    let (packed, reason) =
      switch kind {
      case "window": (ZstdFrame.withHugeWindow(text), "too much memory")
      case "dictionary": (ZstdFrame.withDictionary(text), "Dictionary mismatch")
      default: (Array("nothing".utf8), "Unknown frame descriptor")
      }
    try write(packed)
    for row in try rows() { #expect(row.contains(WritableHome.id)) }
    let read = try home.ask("thread/read", WritableHome.reference)
    #expect(read.contains(#""reason":"unreadable""#))
    #expect(read.contains(reason))
  }

  @Test func `a compressed file of no bytes is like a plain one`() throws {
    _ = try text()
    try write([])
    for row in try rows() { #expect(row.contains(#""data":[]"#)) }
    let read = try home.ask("thread/read", WritableHome.reference)
    #expect(read.contains(#""code":-32603"#))
  }

  @Test func `of a plain and a compressed file the plain one counts`() throws {
    let text = try text()
    try write(text, ending: "")
    try write(ZstdFrame.storing(text) + ZstdFrame.storing(Array("more".utf8)))
    for row in try rows() { #expect(row.ranges(of: WritableHome.id + ".jsonl\"").count == 1) }
    let read = try home.ask("thread/read", WritableHome.reference)
    #expect(read.contains(".jsonl\""))
  }
}
