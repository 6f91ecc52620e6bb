internal import SignalProcessing

/// How many voices a channel carries, one, two or more, from how well two explain its segments, from level and pitch,
/// and from its pauses: on a line where one party is heard, the turns of the other are long silences.
///
/// The weights are fitted by logistic regression to simulated calls with one, two and three voices
/// (docs/measurements/mono.md).
struct VoiceCount {
  /// The logarithm of the odds that there are two voices, not one.
  var odds: Double
  /// The logarithm of the odds that there are three, not two.
  var oddsOfThird: Double

  /// Weights of the evidence for a second voice.
  private enum Second {
    static let constant = -4.6
    static let evidence = 0.59
    static let spread = 1.27
    static let segments = -0.64
    static let silence = -0.91
    static let level = 0.74
    static let pitch = 0.59
  }

  /// Weights of the evidence for a third.
  private enum Third {
    static let constant = -0.77
    static let evidence = 0.38
    static let spread = 1.32
    static let changes = -0.41
  }

  /// Weighs the evidence for `pair` over `single`, both fitted to the points of `segments`; `pauses` in frames are
  /// those of the whole call.
  init(
    _ segments: [VoiceSegment], pauses: [Int], points: VoiceMixture.Points, single: VoiceMixture,
    pair: VoiceMixture, settings: VoicesSettings
  ) {
    let second = pair.shares[1].map { $0 > 0.5 }
    let voices = [false, true].map { voice in zip(segments, second).filter { $0.1 == voice }.map(\.0) }
    let long = Double(pauses.count { $0 > frames(s: settings.silentTurnS) })
    let gain = pair.evidence - single.evidence
    odds =
      Second.constant + Second.evidence * inverseHyperbolicSine(gain / 3)
      + Second.spread * naturalLogarithm(pair.spread(points) + 0.2)
      + Second.segments * naturalLogarithm(Double(segments.count))
      + Second.silence * naturalLogarithm((long + 0.5) / (Double(pauses.count) - long + 1.5))
      + Second.level * naturalLogarithm(Self.distance(voices.map(Self.level)) + 1)
      + Second.pitch * naturalLogarithm(Self.distance(voices.map(Self.pitch)) + 1)
    oddsOfThird = Self.third(segments, points: points, pair: pair, settings: settings)
  }

  /// The odds of a third voice from the best fit of three: what it explains more than two, less where the voice that
  /// falls in two changes without a pause, because nobody takes over in mid-word. Where the two most alike are far
  /// apart in pitch they are one person's calm and anger.
  private static func third(
    _ segments: [VoiceSegment], points: VoiceMixture.Points, pair: VoiceMixture, settings: VoicesSettings
  ) -> Double {
    var best: VoiceMixture?
    for voice in 0..<2 {
      let own = points.values.indices.filter { pair.shares[voice][$0] > 0.5 }
      guard own.count >= 4 else { continue }
      for axis in 0..<4 {
        let upper = points.upperHalf(along: axis, of: own)
        let fit = VoiceMixture(
          points,
          start: [
            pair.shares[1 - voice], zip(pair.shares[voice], upper).map { $0 * $1 },
            zip(pair.shares[voice], upper).map { $0 * (1 - $1) },
          ], rounds: 16)
        if fit.evidence > best?.evidence ?? -.infinity { best = fit }
      }
    }
    guard let best else { return -.infinity }
    let labels = points.values.indices.map { index in
      (0..<3).max { best.shares[$0][index] < best.shares[$1][index] }
    }
    let couples = [(0, 1), (0, 2), (1, 2)]
    let halves = couples.min { best.separation($0.0, $0.1) < best.separation($1.0, $1.1) } ?? (0, 1)
    let pitches = [halves.0, halves.1].map { half in
      Self.pitch(zip(segments, labels).filter { $0.1 == half }.map(\.0))
    }
    guard Self.distance(pitches) < settings.moodSemitones else { return -.infinity }
    let changes = segments.indices.dropFirst().count { index in
      segments[index].frames.lowerBound - segments[index - 1].frames.upperBound <= 1
        && (labels[index - 1] == halves.0 && labels[index] == halves.1
          || labels[index - 1] == halves.1 && labels[index] == halves.0)
    }
    let spread = max(0, best.spread(points) - pair.spread(points))
    return Third.constant + Third.evidence * inverseHyperbolicSine((best.evidence - pair.evidence) / 5)
      + Third.spread * naturalLogarithm(spread + 0.2) + Third.changes * naturalLogarithm(Double(changes) + 1)
  }

  /// The distance of two figures; 0 where one is unknown.
  private static func distance(_ figures: [Double?]) -> Double {
    guard let a = figures[0], let b = figures[1] else { return 0 }
    return abs(a - b)
  }

  /// The mean level of segments in dBov.
  private static func level(_ segments: [VoiceSegment]) -> Double? {
    guard !segments.isEmpty else { return nil }
    return segments.reduce(0) { $0 + Double($1.loud) } / Double(segments.count)
  }

  /// The median pitch of segments in semitones; nil of fewer than two.
  private static func pitch(_ segments: [VoiceSegment]) -> Double? {
    let pitches = segments.filter { $0.pitches.count >= 8 }.compactMap(\.voice.pitch)
    guard pitches.count >= 2, let median = pitches.quantile(0.5) else { return nil }
    return 12 / 0.30103 * Double(logarithm10(Double(median)))
  }
}
