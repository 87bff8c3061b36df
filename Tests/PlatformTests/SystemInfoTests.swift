import Testing

@testable import Platform

@Suite struct SystemInfoTests {
  @Test(arguments: [
    ("12", "12.0.0"), ("22.04", "22.4.0"), ("14.5", "14.5.0"), ("3.20.1", "3.20.1"),
    ("1.2.3.4", "1.2.3"), ("40-beta", "0.0.0"),
  ])
  func `a version has three numbers`(text: String, version: String) {
    #expect(SystemInfo.threeNumbers(text) == version)
  }

  @Test func `the release file names the system`() {
    let debian = OSRelease(
      text: """
        PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"
        NAME="Debian GNU/Linux"
        VERSION_ID="12"
        ID=debian

        """)
    #expect(debian.name == "Debian")
    #expect(debian.version == "12")
    let rolling = OSRelease(text: "NAME='Arch Linux'\nBUILD_ID=rolling")
    #expect(rolling.name == "Arch Linux")
    #expect(rolling.version == nil)
  }

  @Test func `this machine has a name`() {
    #expect(SystemInfo.operatingSystem.wholeMatch(of: /.+ (\d+\.\d+\.\d+|Unknown)/) != nil)
    #expect(["x86_64", "aarch64", "arm64"].contains(SystemInfo.architecture))
    #expect(["linux", "macos"].contains(SystemInfo.platformName))
    #expect(SystemInfo.processID > 1)
  }

  @Test func `a process that runs occupies memory`() throws {
    #expect(try #require(SystemInfo.residentMemory) > 100_000)
  }
}
