/// How long recordings are cut into sections, so that memory does not grow with length.
public struct SectionSettings: Sendable, Hashable, Codable {
  /// The longest section whose features are held at once, in s.
  public var lengthS = 300.0
  /// Neighbouring sections share this much context on either side of the seam, in s: more than any window of the analysis
  /// reaches (our measurement: 60 s gives the development calls the same scores).
  public var contextS = 30.0

  /// The shipped settings.
  public init() {}
}
