// swift-tools-version: 6.2
import PackageDescription

/// Programs that develop Talkspurt and are not part of it. A package of its own, so that nobody who builds Talkspurt
/// resolves what they depend on.
let package = Package(
  name: "talkspurt-tools",
  products: [.executable(name: "voice-cues", targets: ["voice-cues"])],
  dependencies: [.package(name: "talkspurt", path: "..")],
  targets: [
    .executableTarget(
      name: "voice-cues", dependencies: [.product(name: "CallAnalysis", package: "talkspurt")],
      swiftSettings: [
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("ExistentialAny"),
      ])
  ],
  swiftLanguageModes: [.v6]
)
