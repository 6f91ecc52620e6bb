internal import CallModel
internal import RealModule

/// Whether a leg has another voice after some moment than before it: after a transfer a colleague speaks, or the agent,
/// where nobody was put through.
///
/// The mean points of the voice before and after are compared as those of one speaker and as those of two, each speaker's
/// mean being normally distributed in `VoiceSpace` (as in Prince and Elder 2007).
struct NewVoice {
  /// The logarithm of the odds that it is a new one.
  let odds: Double
  /// The pitch before and after, in semitones above 1 Hz: medians of the segments; nil where too little is voiced.
  let pitch: (before: Double, after: Double)?
  /// The standard deviation of the pitch of segments around both, in semitones.
  let pitchSpread: Double

  /// A voice is known by so many segments of up to 2 s (our judgement).
  private static let minimumSegments = 4
  /// What is said more than this before or after the moment is not looked at, in s: moods change.
  private static let spanS = 60.0
  /// The variance of a speaker's mean over a minute along each axis, and that of its segments (our judgement).
  private static let drift = 0.3, segment = 0.7
  /// Between these odds it is not known. Above them lie 1 of 127 pairs of stretches of one leg and a third of 187 pairs of
  /// two legs, some of which have one voice; below them 2 in 3 of the former and 1 in 50 of the latter (our measurement).
  private static let undecided = -2.9...1.5
  /// The odds count this much: axes are not independent, nor are segments (our judgement).
  private static let weight = 0.25

  /// Compares what is said before and after `gap`, in frames of the call; nil where either is too little.
  init?(_ segments: [VoiceSegment], around gap: FrameRange) {
    let span = Frames.count(seconds: Self.spanS)
    let before = segments.filter {
      $0.frames.upperBound <= gap.lowerBound && $0.frames.lowerBound >= gap.lowerBound - span
    }
    let after = segments.filter {
      $0.frames.lowerBound >= gap.upperBound && $0.frames.upperBound <= gap.upperBound + span
    }
    guard min(before.count, after.count) >= Self.minimumSegments else { return nil }
    let means = [before, after].map(Self.mean)
    let parts = 1 / Double(before.count) + 1 / Double(after.count)
    let same = Self.segment * parts + 2 * Self.drift
    var odds = 0.0
    for axis in 0..<VoiceSpace.dimensions {
      let difference = means[1][axis] - means[0][axis]
      let different = same + 2 * Double(VoiceWeights.between[axis])
      odds += difference * difference * (1 / same - 1 / different) / 2 - .log(different / same) / 2
    }
    self.odds = Self.weight * odds
    let semitones = [before, after].map { $0.compactMap(\.semitones).sorted() }
    pitch = semitones[0].percentile(0.5).flatMap { first in
      semitones[1].percentile(0.5).map { (first, $0) }
    }
    pitchSpread = Self.spread(semitones)
  }

  /// Whether it is a new one; nil where that is not known.
  var isNew: Bool? { Self.undecided.contains(odds) ? nil : odds > 0 }

  /// How sure that is, 0 to 1.
  var confidence: Double { 1 / (1 + .exp(-abs(odds))) }

  /// How the pitch differs; nil where too little is voiced.
  var pitchChange: FeatureChange? {
    pitch.map {
      FeatureChange(
        name: "pitch", before: .exp2($0.before / 12), after: .exp2($0.after / 12),
        z: ($0.after - $0.before) / pitchSpread)
    }
  }

  /// The mean point, each segment by how much of it is voice.
  private static func mean(_ segments: [VoiceSegment]) -> [Double] {
    let weights = segments.map { Double($0.strong) }
    let total = max(1, weights.reduce(0, +))
    return (0..<VoiceSpace.dimensions).map { axis in
      zip(segments, weights).reduce(0) { $0 + Double($1.0.point[axis]) * $1.1 } / total
    }
  }

  /// The standard deviation around the medians, at least that of read sentences, a semitone.
  private static func spread(_ groups: [[Double]]) -> Double {
    let deviations = groups.flatMap { group in
      let median = group.percentile(0.5) ?? 0
      return group.map { ($0 - median) * ($0 - median) }
    }
    return max(1, (deviations.reduce(0, +) / Double(max(1, deviations.count))).squareRoot())
  }
}
