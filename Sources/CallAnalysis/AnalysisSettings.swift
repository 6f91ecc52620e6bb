/// Every constant of the analysis, by room. The keys of the configuration file are these names in snake case,
/// each with its unit; each is documented with its reason and source.
public struct AnalysisSettings: Sendable, Hashable, Codable {
  /// Telling speech from everything else on one leg.
  public var activity = ActivitySettings()

  /// The settings that Talkspurt ships with.
  public init() {}
}

/// Telling speech from everything else on one leg.
public struct ActivitySettings: Sendable, Hashable, Codable {
  /// Pauses of one party below this belong to the talkspurt, in ms (PRODUCT.md's definition of a talkspurt).
  public var bridgeMs = 200.0

  /// The shipped settings.
  public init() {}
}
