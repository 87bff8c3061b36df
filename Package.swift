// swift-tools-version: 6.3
import PackageDescription

// Imports point one way: each target may use only targets listed above it.
//
//   LibC ─┬→ Platform ─┬────────────→ Rollouts ─┐
//         └→ JSON ─────┼→ Protocol ─────────────┴→ History ─┐
//            TOML ─────┴→ Settings ─────────────────────────┴→ Library → Changes → AppServer → reprise
//            JSON ───────→ JSONRPC ──────────────────────────────────────────────┘
let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "reprise",
  // The spans of the standard library are there from macOS 26 on.
  platforms: [.macOS(.v26)],
  products: [
    .executable(name: "reprise", targets: ["reprise"]),
    // Reads rollouts and threads, for other packages.
    .library(name: "RepriseThreads", targets: ["RepriseThreads"]),
  ],
  targets: [
    // The C library, and what each system does in its own way: one file for each.
    .target(name: "LibC"),

    // Files, folders, pipes, time: the C library behind safe calls.
    .target(name: "Platform", dependencies: ["LibC"]),
    .testTarget(name: "PlatformTests", dependencies: ["LibC", "Platform", "TestSupport"]),

    // Bytes ⇄ values, and the one declaration a wire type needs.
    .target(name: "JSON", dependencies: ["LibC"]),
    .testTarget(name: "JSONTests", dependencies: ["JSON", "TestSupport"]),

    // Config files.
    .target(name: "TOML"),
    .testTarget(name: "TOMLTests", dependencies: ["TOML"]),

    // Lines ⇄ messages: framing, the envelope, ids, every error, ordered output.
    .target(name: "JSONRPC", dependencies: ["JSON"]),
    .testTarget(name: "JSONRPCTests", dependencies: ["Platform", "JSON", "JSONRPC"]),

    // The nouns on the wire: threads, turns, items.
    .target(name: "Protocol", dependencies: ["JSON"], exclude: ["PROTOCOL.md"]),
    .testTarget(name: "ProtocolTests", dependencies: ["JSON", "Protocol"]),

    // What is on disk: rollout files, where they are and what their records say.
    .target(name: "Rollouts", dependencies: ["Platform", "JSON"], exclude: ["ROLLOUTS.md"]),
    .testTarget(
      name: "RolloutsTests", dependencies: ["Platform", "JSON", "Rollouts", "TestSupport"]),

    // From records to turns, and from a history to records.
    .target(
      name: "History", dependencies: ["Platform", "JSON", "Protocol", "Rollouts"],
      exclude: ["HISTORY.md"]),
    .testTarget(
      name: "HistoryTests",
      dependencies: [
        "Platform", "JSON", "Protocol", "Rollouts", "History", "Library", "TestSupport",
      ]),

    // Config files, options and requests become a thread's settings.
    .target(name: "Settings", dependencies: ["Platform", "JSON", "TOML", "Protocol"]),
    .testTarget(
      name: "SettingsTests",
      dependencies: ["Platform", "JSON", "TOML", "Protocol", "Settings", "TestSupport"]),

    // Stored threads: found, opened, read, listed and searched, and what is remembered of them.
    .target(
      name: "Library",
      dependencies: ["Platform", "JSON", "Protocol", "Rollouts", "History", "Settings"]),
    .testTarget(
      name: "LibraryTests",
      dependencies: [
        "Platform", "JSON", "Protocol", "Rollouts", "History", "Library", "TestSupport",
      ]),

    // What other packages may use of the library.
    .target(
      name: "RepriseThreads",
      dependencies: ["Platform", "JSON", "Protocol", "Rollouts", "History", "Library"]),
    .testTarget(name: "RepriseThreadsTests", dependencies: ["RepriseThreads", "TestSupport"]),

    // Everything that writes stored threads.
    .target(
      name: "Changes",
      dependencies: ["Platform", "JSON", "Protocol", "Rollouts", "History", "Settings", "Library"]),

    // A client's connection: the methods, and what the connection knows.
    .target(
      name: "AppServer",
      dependencies: [
        "Platform", "JSON", "JSONRPC", "Protocol", "Rollouts", "History", "Settings", "Library",
        "Changes",
      ]),
    .testTarget(
      name: "AppServerTests",
      dependencies: [
        "Platform", "JSON", "JSONRPC", "Protocol", "Rollouts", "History", "Settings", "Library",
        "Changes", "AppServer", "TestSupport",
      ]),

    // The command line.
    .target(name: "CLI"),
    .testTarget(name: "CLITests", dependencies: ["CLI"]),

    .executableTarget(
      name: "reprise",
      dependencies: ["Platform", "JSONRPC", "Rollouts", "Settings", "AppServer", "CLI"]),
    // The executable as its users meet it: spawned.
    .testTarget(name: "RepriseTests", dependencies: ["reprise", "TestSupport"]),

    // Makes JSON lines readable, for `make run`.
    .executableTarget(name: "show", dependencies: ["Platform", "JSON"]),

    // How fast each step is, in GB/s, for `make bench`.
    .executableTarget(
      name: "bench",
      dependencies: [
        "Platform", "JSON", "JSONRPC", "Protocol", "Rollouts", "History", "Settings", "AppServer",
      ]),

    // Temporary folders and fixtures for tests.
    .target(name: "TestSupport", path: "Tests/TestSupport"),
  ],
  swiftLanguageModes: [.v6]
)

for target in package.targets { target.swiftSettings = settings }
