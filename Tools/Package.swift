// swift-tools-version: 6.2
import PackageDescription

let house: [SwiftSetting] = [
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("ExistentialAny"),
]

/// Programs that develop Talkspurt and are not part of it. A package of its own, so that nobody who builds Talkspurt
/// resolves what they depend on.
let package = Package(
  name: "talkspurt-tools",
  products: [
    .executable(name: "voice-cues", targets: ["voice-cues"]),
    .executable(name: "speech-features", targets: ["speech-features"]),
  ],
  dependencies: [.package(name: "talkspurt", path: "..")],
  targets: [
    .executableTarget(
      name: "voice-cues", dependencies: [.product(name: "CallAnalysis", package: "talkspurt")],
      swiftSettings: house),
    .executableTarget(
      name: "speech-features",
      dependencies: ["CallAnalysis", "CallAudio", "CallModel"].map {
        .product(name: $0, package: "talkspurt")
      },
      swiftSettings: house),
  ],
  swiftLanguageModes: [.v6]
)
