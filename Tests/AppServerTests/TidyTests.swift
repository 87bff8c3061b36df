import Foundation
import TestSupport
import Testing

@testable import AppServer

/// The rules of this repository that the compiler does not check.
@Suite struct TidyTests {
  static let sources = Repository.swiftFiles(in: "Sources")
  static let methods = Repository.swiftFiles(in: "Sources/AppServer/Methods")

  @Test func `the files are found`() {
    #expect(Self.sources.contains("Sources/reprise/main.swift"))
    #expect(Self.methods.count > 1)
  }

  @Test(arguments: sources + Repository.swiftFiles(in: "Tests"))
  func `a file fits in one sitting`(_ file: String) throws {
    #expect(
      try Repository.text(of: file).split(separator: "\n", omittingEmptySubsequences: false).count
        <= 401)
  }

  @Test(arguments: methods)
  func `a method is listed in the method table`(_ file: String) throws {
    let names = try Repository.text(of: file).matches(of: /static let name = "([^"]+)"/)
    #expect(!names.isEmpty)
    for name in names {
      #expect(MethodTable.standard[String(name.1)] != nil, "add it to MethodTable.standard")
    }
  }

  @Test(arguments: MethodTable.standard.names)
  func `a method has an exchange in which it succeeds, if it ever does`(_ name: String) throws {
    let answers = try Repository.exchanges.flatMap { file in
      try Repository.text(of: "Fixtures/exchanges/\(file)").split(separator: "> ")
        .filter { $0.contains("\"method\":\"\(name)\"") }
    }
    let method: any Method.Type = try #require(MethodTable.standard[name])
    let answer = isAlwaysRefused(method) ? "\"reason\":\"unsupported\"" : "\"result\":"
    #expect(answers.contains { $0.contains(answer) })
  }

  private func isAlwaysRefused<M: Method>(_: M.Type) -> Bool { M.Response.self == NoResponse.self }

  @Test(arguments: sources)
  func `only executables touch the standard streams`(_ file: String) throws {
    let text = try Repository.text(of: file)
    #expect(!text.contains(/\bprint\(/))
    if file.hasPrefix("Sources/Platform/") { return }
    #expect(!text.contains(/STD(IN|OUT|ERR)_FILENO/))
    if file.contains(/^Sources\/(reprise|show|bench)\//) { return }
    #expect(!text.contains(/(Input|Output)\.standard/))
  }

  @Test(arguments: sources)
  func `nothing is forced, unchecked or left to be done`(_ file: String) throws {
    let code = try Repository.text(of: file).replacing(/\/\/.*/, with: "")
    #expect(!code.contains(/\b(try|as)!|@unchecked|nonisolated\(unsafe\)|\bfatalError\b|\bAny\b/))
    #expect(try !Repository.text(of: file).contains(/\b(TODO|FIXME)\b/))
  }

  @Test(arguments: sources)
  func `memory is addressed by hand in few places`(_ file: String) throws {
    if file.contains(/^Sources\/(LibC|JSON|Platform|Rollouts)\//) { return }
    let text = try Repository.text(of: file)
    #expect(!text.contains(/UnsafeMutable|Unsafe(Raw)?Pointer|\.allocate\(|unsafeBitCast/))
  }

  @Test(arguments: sources)
  func `nothing loads Foundation, and only bytes and the system need libc`(_ file: String) throws {
    let text = try Repository.text(of: file)
    #expect(!text.contains(/import (Foundation|Dispatch)/))
    if file.hasPrefix("Sources/LibC/") { return }
    #expect(!text.contains(/import (Glibc|Musl|Darwin)/))
    if file.hasPrefix("Sources/Platform/") || file.hasPrefix("Sources/JSON/") { return }
    #expect(!text.contains(/import LibC/))
  }

  @Test(arguments: sources)
  func `only LibC asks which system it is built for`(_ file: String) throws {
    if file.hasPrefix("Sources/LibC/") { return }
    #expect(try !Repository.text(of: file).contains(/[#](else)?if\b/))
  }
}
