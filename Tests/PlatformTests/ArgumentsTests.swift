import Foundation
import Platform
import Testing

@Suite struct ArgumentsTests {
  @Test func `the arguments are those of the process`() {
    #expect(Arguments.all == CommandLine.arguments)
  }

  @Test func `the user has a home`() {
    #expect(UserHome.path == NSHomeDirectory())
  }
}
