// swift-tools-version: 6.2
import PackageDescription

let house: [SwiftSetting] = [
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("ExistentialAny"),
  // libFuzzer brings the main function.
  .unsafeFlags(["-parse-as-library"]),
]

/// Programs that read what libFuzzer makes up; `scripts/fuzz` builds and runs them.
let package = Package(
  name: "talkspurt-fuzz",
  products: [
    .executable(name: "fuzz", targets: ["fuzz"]),
    .executable(name: "fuzz-settings", targets: ["fuzz-settings"]),
  ],
  dependencies: [
    .package(name: "talkspurt", path: ".."),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
  ],
  targets: [
    .executableTarget(
      name: "fuzz",
      dependencies: ["CallAudio", "CallModel", "CallRecords", "CallWork"].map {
        .product(name: $0, package: "talkspurt")
      },
      swiftSettings: house),
    .executableTarget(
      name: "fuzz-settings",
      dependencies: ["CallAnalysis", "CallAudio", "CallIngest", "CallModel", "CallRecords"].map {
        .product(name: $0, package: "talkspurt")
      } + [.product(name: "Crypto", package: "swift-crypto"), .product(name: "TOMLKit", package: "TOMLKit")],
      swiftSettings: house),
  ],
  swiftLanguageModes: [.v6]
)
