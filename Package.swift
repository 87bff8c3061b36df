// swift-tools-version: 6.2
import PackageDescription

// Imports point one way: each target may use only targets listed above it.
//
//   System ─────┬──────────────┬─────────────┐
//   JSON ──┬────┼──→ Rollouts ─┴→ History ───┤
//          ├────┼──→ Protocol ─┬─↗           ├──→ AppServer ─┬→ reprise
//          ├────┼──→ JSONRPC ──┼─────────────┤               │
//   TOML ──┴────┴──→ Settings ─┴─────────────┘         CLI ──┘
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

    // Config files.
    .target(name: "TOML"),
    .testTarget(name: "TOMLTests", dependencies: ["TOML"]),

    // Lines ⇄ messages: framing, the envelope, ids, every error, ordered output.
    .target(name: "JSONRPC", dependencies: ["JSON"]),
    .testTarget(name: "JSONRPCTests", dependencies: ["JSON", "JSONRPC"]),

    // What the server answers: the verbs, and the state that they share.
    .target(name: "AppServer", dependencies: ["System", "JSON", "JSONRPC"]),
    .testTarget(
      name: "AppServerTests", dependencies: ["System", "JSON", "JSONRPC", "AppServer"]),

    // The command line.
    .target(name: "CLI"),
    .testTarget(name: "CLITests", dependencies: ["CLI"]),

    .executableTarget(name: "reprise", dependencies: ["System", "JSONRPC", "AppServer", "CLI"]),
    // The executable as its users meet it: spawned.
    .testTarget(name: "RepriseTests", dependencies: ["reprise"]),
  ],
  swiftLanguageModes: [.v6]
)

for target in package.targets { target.swiftSettings = settings }
