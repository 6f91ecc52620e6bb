/// A change of one party's mood for good in mid-call: of three clusters one lasts throughout, and the others follow one
/// another. Anger can lie further from the same person's calm than the other party does; two clusters would part
/// moods then instead of people.
struct MoodChange {
  /// Fewer segments than this show no change of mood.
  private static let minimumSegments = 16
  /// With more segments none is looked for: it would cost too much.
  private static let maximumSegments = 1000
  /// The minimum of evidence for a change of mood over two voices that stay as they are (our measurement).
  private static let minimumEvidence = 10.0
  /// The minimum distance of the moods, squared, in that of the nearest two voices (our measurement).
  private static let minimumRatio = 2.0
  /// Where the change is looked for: at so many places, the first and the distance of the next as shares of the
  /// segments.
  private static let splits = (count: 9, first: 0.2, step: 0.075)
  /// The minimum number of segments before and after the change.
  private static let minimumOnEachSide = 6
  /// No segment is given wholly to a voice to begin with, so that the fit can take it back.
  private static let startShares = 0.02...0.98

  /// How likely each segment is the voice's that lasts throughout.
  let lastingShares: [Double]

  /// Looks for a change; nil where there is none that is larger than the distance of the two voices in `pair`.
  init?(_ points: VoiceMixture.Points, pair: VoiceMixture) {
    let count = points.values.count
    guard count >= Self.minimumSegments, count <= Self.maximumSegments else { return nil }
    var best: VoiceMixture?
    for step in 0..<Self.splits.count {
      let share = Self.splits.first + Self.splits.step * Double(step)
      let split = Int((Double(count) * share).rounded())
      guard split >= Self.minimumOnEachSide, count - split >= Self.minimumOnEachSide else { continue }
      for lasting in Self.lastingVoices(points, split: split) + pair.shares {
        let fit = Self.fit(points, lasting: lasting, split: split)
        if fit.evidence > best?.evidence ?? -.infinity { best = fit }
      }
    }
    guard let best, best.evidence - pair.evidence > Self.minimumEvidence else { return nil }
    let change = best.separation(1, 2)
    guard change > Self.minimumRatio * min(best.separation(0, 1), best.separation(0, 2)) else { return nil }
    lastingShares = best.shares[0]
  }

  /// Which voice may last: one of two before the split, and one of two after it.
  private static func lastingVoices(_ points: VoiceMixture.Points, split: Int) -> [[Double]] {
    let parts = [0..<split, split..<points.values.count].map { part in
      VoiceMixture.pair(points[part], starts: 3, rounds: 4).shares[1]
    }
    func other(_ shares: [Double]) -> [Double] { shares.map { 1 - $0 } }
    return [
      parts[0] + parts[1], parts[0] + other(parts[1]), other(parts[0]) + parts[1],
      other(parts[0]) + other(parts[1]),
    ]
  }

  /// Fits a voice that lasts, and one before and one after the split.
  private static func fit(_ points: VoiceMixture.Points, lasting: [Double], split: Int) -> VoiceMixture {
    func start(_ share: Double) -> Double { min(max(share, startShares.lowerBound), startShares.upperBound) }
    let isEarly = lasting.indices.map { $0 < split }
    return VoiceMixture(
      points,
      start: [
        lasting.map(start),
        zip(lasting, isEarly).map { $1 ? start(1 - $0) : 0 },
        zip(lasting, isEarly).map { $1 ? 0 : start(1 - $0) },
      ],
      allowed: [isEarly.map { _ in true }, isEarly, isEarly.map { !$0 }], rounds: 6)
  }
}
