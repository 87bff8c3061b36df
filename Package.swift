// swift-tools-version: 6.2
import PackageDescription

// Imports point one way: each target may use only targets listed above it.
//
//   System ─────┬──────────────┬─────────────┐
//   JSON ──┬────┼──→ Rollouts ─┴→ History ───┤
//          ├────┼──→ Protocol ─┬─↗           ├──→ AppServer → reprise
//          ├────┼──→ JSONRPC ──┼─────────────┤
//   TOML ──┴────┴──→ Settings ─┴─────────────┘
let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "reprise",
  platforms: [.macOS(.v15)],
  targets: [
    // Files, folders, pipes, time: libc behind safe calls.
    .target(name: "System"),
    .testTarget(name: "SystemTests", dependencies: ["System"]),

    // Bytes ⇄ values, and the one declaration a wire type needs.
    .target(name: "JSON"),
    .testTarget(name: "JSONTests", dependencies: ["JSON"]),

    // The nouns on the wire.
    .target(name: "Protocol", dependencies: ["JSON"]),
    .testTarget(name: "ProtocolTests", dependencies: ["JSON", "Protocol"]),

    // Config files.
    .target(name: "TOML"),
    .testTarget(name: "TOMLTests", dependencies: ["TOML"]),

    // What config files, options and requests say, and what a thread gets of it.
    .target(name: "Settings", dependencies: ["System", "JSON", "Protocol", "TOML"]),
    .testTarget(
      name: "SettingsTests", dependencies: ["System", "JSON", "Protocol", "TOML", "Settings"]),
  ],
  swiftLanguageModes: [.v6]
)

for target in package.targets { target.swiftSettings = settings }
