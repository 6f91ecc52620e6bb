internal import CallModel
internal import SignalProcessing

/// Where a party's voice changes for good against its own beginning: louder, higher, sharper.
struct Escalation {
  /// The first frame of the changed speech.
  var start: Int
  /// The end of the party's speech, in frames.
  var end: Int
  /// How level, pitch and tilt moved.
  var features: [FeatureChange]

  /// One utterance: talkspurts of a party with short pauses between.
  private struct Utterance {
    var frames: FrameRange
    /// Level in dBov, pitch in semitones, tilt in dB.
    var voice: SIMD3<Double>
  }

  private static let names = ["level", "pitch", "tilt"]

  /// Looks for the change in a party's talkspurts; nil where the voice stays what it was or there is too little
  /// of it. Level alone never decides: at least two of the three move, and turning up the file changes nothing.
  init?(talkspurts: [Talkspurt], settings: EscalationSettings) {
    let utterances = Self.utterances(talkspurts, settings: settings)
    let least = settings.utterancesOnEachSide
    guard utterances.count >= 2 * least else { return nil }
    let baseline = utterances.prefix(max(least, utterances.count / 3)).map(\.voice)
    let middle = Self.median(baseline)
    let floors = SIMD3(settings.levelSpreadDb, settings.pitchSpreadSemitones, settings.tiltSpreadDb)
    var spread = SIMD3<Double>()
    for index in 0..<3 {
      let deviations = baseline.map { abs($0[index] - middle[index]) }.sorted()
      // 1.4826: from the median deviation to the standard deviation of a normal distribution.
      spread[index] = max(floors[index], 1.4826 * (deviations.percentile(0.5) ?? 0))
    }
    let scores = utterances.map { utterance in
      let z = (utterance.voice - middle) / spread
      return z.clamped(lowerBound: SIMD3(repeating: -3), upperBound: SIMD3(repeating: 3)).sum()
    }
    var best: (evidence: Double, split: Int) = (0, 0)
    for split in least...utterances.count - least {
      let before = scores[..<split].reduce(0, +) / Double(split)
      let after = scores[split...].reduce(0, +) / Double(scores.count - split)
      let weight = (Double(split * (scores.count - split)) / Double(scores.count)).squareRoot()
      if (after - before) * weight > best.evidence { best = ((after - before) * weight, split) }
    }
    guard best.evidence >= settings.evidence else { return nil }
    let before = Self.median(utterances[..<best.split].map(\.voice))
    let after = Self.median(utterances[best.split...].map(\.voice))
    let change = (after - before) / spread
    guard (0..<3).count(where: { change[$0] >= settings.featureChange }) >= 2 else { return nil }
    start = utterances[best.split].frames.lowerBound
    end = utterances[utterances.count - 1].frames.upperBound
    features = (0..<3).map { index in
      // Pitch in Hz: semitones above 1 Hz are an inside matter.
      let isPitch = index == 1
      return FeatureChange(
        name: Self.names[index], before: isPitch ? power2(before[index] / 12) : before[index],
        after: isPitch ? power2(after[index] / 12) : after[index], z: change[index])
    }
  }

  private static func utterances(_ talkspurts: [Talkspurt], settings: EscalationSettings) -> [Utterance] {
    var groups: [[Talkspurt]] = []
    for spurt in talkspurts
    where spurt.pitch.map({ $0 > 0 }) == true && spurt.level != nil && spurt.tilt != nil {
      if let last = groups.last?.last,
        spurt.frames.lowerBound - last.frames.upperBound < frames(s: settings.utterancePauseS)
      {
        groups[groups.count - 1].append(spurt)
      } else {
        groups.append([spurt])
      }
    }
    return groups.compactMap { group in
      let weight = Double(group.reduce(0) { $0 + $1.frames.count })
      guard weight >= Double(frames(s: settings.utteranceMinimumS)) else { return nil }
      var sum = SIMD3<Double>()
      for spurt in group {
        let voice = SIMD3(
          Double(power(decibels: spurt.level ?? 0)), Talkspurt.semitones(Double(spurt.pitch ?? 1)),
          Double(spurt.tilt ?? 0))
        sum += voice * (Double(spurt.frames.count) / weight)
      }
      sum[0] = Double(decibels(Float(sum[0])))
      return Utterance(
        frames: group[0].frames.lowerBound..<group[group.count - 1].frames.upperBound, voice: sum)
    }
  }

  private static func median(_ voices: [SIMD3<Double>]) -> SIMD3<Double> {
    var result = SIMD3<Double>()
    for index in 0..<3 { result[index] = voices.map { $0[index] }.sorted().percentile(0.5) ?? 0 }
    return result
  }
}
