// swift-tools-version: 6.2
import PackageDescription

/// Warnings of ours are errors where `scripts/test` builds: a user's later compiler may warn of more.
let strict: [SwiftSetting] =
  Context.environment["WARNINGS_AS_ERRORS"] == nil ? [] : [.treatAllWarnings(as: .error)]

/// What every target of ours is built with: the compiler holds the layers apart.
let house: [SwiftSetting] =
  strict + [
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("ExistentialAny"),
  ]

/// Targets without a pointer: the compiler holds them to it (SE-0458).
let safe: [SwiftSetting] = house + [.strictMemorySafety()]

/// Loops over samples and frames are 50 to 1900 times slower without the optimiser, so that these
/// targets keep it in debug builds; it makes the tests quick.
let optimised: [SwiftSetting] = house + [.unsafeFlags(["-O"], .when(configuration: .debug))]

let package = Package(
  name: "talkspurt",
  products: [
    .executable(name: "talkspurt", targets: ["talkspurt"]),
    // For Tools/ and Fuzz/ alone.
    .library(name: "CallAnalysis", targets: ["CallAnalysis"]),
    .library(name: "CallAudio", targets: ["CallAudio"]),
    .library(name: "CallIngest", targets: ["CallIngest"]),
    .library(name: "CallModel", targets: ["CallModel"]),
    // For tests alone, which preload it.
    .library(name: "FaultyDecoder", type: .dynamic, targets: ["FaultyDecoder"]),
    .library(name: "CallRecords", targets: ["CallRecords"]),
    .library(name: "CallWork", targets: ["CallWork"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-numerics", from: "1.1.1"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
  ],
  targets: [
    .systemLibrary(
      name: "CSndFile", pkgConfig: "sndfile", providers: [.apt(["libsndfile1-dev"])]),
    .systemLibrary(name: "CFFTW3", pkgConfig: "fftw3f", providers: [.apt(["libfftw3-dev"])]),
    .systemLibrary(name: "CMalloc"),
    .target(name: "CProcess"),
    .systemLibrary(name: "CFiles"),
    .target(name: "CVectors", cSettings: [.unsafeFlags(["-O2"], .when(configuration: .debug))]),

    .target(name: "CallModel", swiftSettings: safe),
    .target(
      name: "CallAudio",
      dependencies: ["CallModel", "CFiles", "CSndFile", .product(name: "Crypto", package: "swift-crypto")],
      swiftSettings: house),
    .target(
      name: "SignalProcessing",
      dependencies: [
        "CallModel", "CFFTW3", "CVectors", .product(name: "RealModule", package: "swift-numerics"),
      ],
      swiftSettings: optimised, linkerSettings: [.linkedLibrary("m")]),
    .target(
      name: "CallAnalysis",
      dependencies: [
        "CallModel", "SignalProcessing", .product(name: "RealModule", package: "swift-numerics"),
      ],
      swiftSettings: optimised, linkerSettings: [.linkedLibrary("m")]),
    .target(name: "CallRecords", dependencies: ["CallModel"], swiftSettings: safe),
    .target(
      name: "CallFollowUp",
      dependencies: ["CallModel", .product(name: "Crypto", package: "swift-crypto")],
      swiftSettings: safe),
    .target(name: "CallReports", dependencies: ["CallModel", "CallFollowUp"], swiftSettings: safe),
    .target(
      name: "CallReview",
      dependencies: ["CallModel", "CallReports", .product(name: "Crypto", package: "swift-crypto")],
      resources: [.embedInCode("Page")], swiftSettings: safe),
    .target(
      name: "CallStore",
      dependencies: [
        "CallModel", "CallFollowUp", "CallReports", .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: safe),
    .target(name: "CallWork", dependencies: ["CProcess", "CallModel"], swiftSettings: safe),
    .target(
      name: "CallIngest",
      dependencies: [
        "CMalloc", "CallModel", "CallAudio", "CallAnalysis", "CallFollowUp", "CallRecords", "CallReports",
        "CallStore", "CallWork",
        .product(name: "Crypto", package: "swift-crypto"), .product(name: "Logging", package: "swift-log"),
      ], swiftSettings: house),
    .executableTarget(
      name: "talkspurt",
      dependencies: [
        "CallModel", "CallAudio", "SignalProcessing", "CallAnalysis", "CallRecords", "CallFollowUp",
        "CallReports", "CallReview", "CallStore",
        "CallIngest", "CallWork",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "TOMLKit", package: "TOMLKit"),
      ], swiftSettings: house),

    .target(name: "FaultyDecoder", path: "Tests/FaultyDecoder"),
    .target(
      name: "TestSupport", dependencies: ["CallModel", "CSndFile"], path: "Tests/TestSupport",
      exclude: ["attacks.json"], swiftSettings: optimised),
    .testTarget(
      name: "CallModelTests", dependencies: ["CallModel", "TestSupport"], swiftSettings: house),
    .testTarget(
      name: "CallAudioTests", dependencies: ["CallAudio", "CallModel", "TestSupport"],
      swiftSettings: house),
    .testTarget(
      name: "SignalProcessingTests", dependencies: ["CVectors", "SignalProcessing", "TestSupport"],
      swiftSettings: house),
    .testTarget(
      name: "CallAnalysisTests",
      dependencies: ["CallAnalysis", "CallModel", "CallAudio", "TestSupport"],
      swiftSettings: house),
    .testTarget(
      name: "CallRecordsTests", dependencies: ["CallRecords", "CallModel", "TestSupport"],
      swiftSettings: house),
    .testTarget(
      name: "CallFollowUpTests", dependencies: ["CallFollowUp", "CallModel", "TestSupport"],
      swiftSettings: house),
    .testTarget(
      name: "CallReportsTests",
      dependencies: ["CallReports", "CallFollowUp", "CallModel", "TestSupport"],
      exclude: ["Snapshots"], swiftSettings: house),
    .testTarget(
      name: "CallReviewTests", dependencies: ["CallReview", "CallModel", "TestSupport"],
      swiftSettings: house),
    .testTarget(
      name: "CallStoreTests",
      dependencies: [
        "CallStore", "CallModel", "CallFollowUp", "CallReports", "TestSupport",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ], exclude: ["Released"], swiftSettings: house),
    .testTarget(
      name: "CallWorkTests", dependencies: ["CallWork", "CallModel", "TestSupport"], swiftSettings: house),
    .testTarget(
      name: "CallIngestTests",
      dependencies: [
        "CallIngest", "CallStore", "CallAnalysis", "CallAudio", "CallModel", "CallRecords", "CallFollowUp",
        "CallReports", "TestSupport", .product(name: "GRDB", package: "GRDB.swift"),
      ], swiftSettings: house),
    .testTarget(
      name: "CommandLineTests",
      dependencies: [
        "talkspurt", "CallAnalysis", "CallAudio", "CallFollowUp", "CallIngest", "CallModel", "CallRecords",
        "CallReports", "CallStore", "CallWork", "FaultyDecoder", "TestSupport",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: house),
  ],
  swiftLanguageModes: [.v6]
)
