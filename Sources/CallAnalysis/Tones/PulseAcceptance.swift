internal import CallModel

/// Tells which candidates are tones: those set off by quiet on both sides that stand still and last, and those that
/// come as regularly as a machine's.
struct PulseAcceptance {
  /// The level of each frame in dBov.
  let level: [Float]
  let settings: ToneSettings

  /// The tones among candidates, both in order of time.
  func tones(among candidates: [Tone]) -> [Tone] {
    let evidence = candidates.indices.map { self.evidence(of: $0, in: candidates) }
    let all = Array(candidates.indices)
    var isTone = [Bool](repeating: false, count: candidates.count)
    for index in ToneGroups.informationTones(in: candidates, among: all, settings: settings).joined() {
      isTone[index] = true
    }
    let others = all.filter { !isTone[$0] }
    for index in others where evidence[index] == .sure { isTone[index] = true }
    // Short pulses are tones where they come at even intervals.
    let apart = others.filter { evidence[$0] == .apart }
    for index in ToneGroups.evenBeeps(in: candidates, among: apart, settings: settings).joined() {
      isTone[index] = true
    }
    // A short pulse, or one that runs into speech, is a tone where another pulse of its cadence stands near.
    let sure = all.filter { isTone[$0] }
    let minimum = Frames.count(milliseconds: settings.minimumMs)
    let unsure = others.filter { evidence[$0] != .none && candidates[$0].frames.count >= minimum }
    for index in unsure where isConfirmed(index, in: candidates, by: sure, or: unsure) {
      isTone[index] = true
    }
    return all.filter { isTone[$0] }.map { candidates[$0] }
  }

  /// What speaks for a candidate by itself.
  private enum Evidence {
    /// It runs into sound on both sides.
    case none
    /// It is quiet on one side.
    case oneSide
    /// It is quiet on both sides.
    case apart
    /// It is quiet on both sides, and it stands still and lasts as no voice does.
    case sure
  }

  private func evidence(of index: Int, in candidates: [Tone]) -> Evidence {
    let tone = candidates[index]
    if tone.isHeld { return .sure }
    switch (isQuiet(before: index, in: candidates), isQuiet(after: index, in: candidates)) {
    case (false, false): return .none
    case (true, false), (false, true): return .oneSide
    case (true, true):
      let isSure = tone.isSteady || !tone.isProgress(settings)
      return isSure && tone.frames.count >= minimumAlone(tone) ? .sure : .apart
    }
  }

  /// The shortest pulse of its kind that is a tone without another beside it, in frames.
  private func minimumAlone(_ tone: Tone) -> Int {
    if tone.isKey { return Frames.count(milliseconds: settings.keyMinimumMs) }
    if tone.isRecordingBeep(settings) { return Frames.count(milliseconds: PulseCandidates.shortestMs) }
    return Frames.count(milliseconds: tone.isProgress(settings) ? Self.loneMinimumMs : settings.minimumMs)
  }

  /// Whether a tone of its frequency or another pulse of its cadence stands near.
  private func isConfirmed(_ index: Int, in candidates: [Tone], by sure: [Int], or unsure: [Int]) -> Bool {
    let tone = candidates[index]
    let reach = Frames.count(seconds: settings.ringPauseLongestS)
    func isNear(_ other: Tone) -> Bool {
      tone.frames.lowerBound - other.frames.upperBound < reach
        && other.frames.lowerBound - tone.frames.upperBound < reach
    }
    let lone = Frames.count(milliseconds: Self.loneMinimumMs)
    return sure.contains {
      let other = candidates[$0]
      return !other.isKey && other.sharesFrequency(with: tone) && isNear(other)
    }
      || unsure.contains {
        // A syllable that is said twice is as regular as a cadence, but short and unsteady.
        $0 != index && (tone.isSteady || tone.frames.count >= lone)
          && candidates[$0].isInCadence(with: tone) && isNear(candidates[$0])
      }
  }

  private func isQuiet(before index: Int, in candidates: [Tone]) -> Bool {
    let start = candidates[index].frames.lowerBound
    return isQuiet(
      max(0, start - Self.apartFrames - Self.besideFrames)..<max(0, start - Self.apartFrames), beside: index,
      in: candidates)
  }

  private func isQuiet(after index: Int, in candidates: [Tone]) -> Bool {
    let tail = ToneTail(level: level).frames(after: candidates[index], before: candidates)
    let start = tail.upperBound + Self.apartFrames
    return isQuiet(
      min(level.count, start)..<min(level.count, start + Self.besideFrames), beside: index, in: candidates)
  }

  /// Whether the line is quiet in some frames beside a pulse, or another candidate sounds there.
  private func isQuiet(_ range: FrameRange, beside index: Int, in candidates: [Tone]) -> Bool {
    guard !range.isEmpty else { return true }
    let tone = candidates[index]
    let beside = Array(level[range]).quantile(0.5) ?? -200
    let contrast = tone.isProgress(settings) ? Self.contrastDb : Self.highContrastDb
    return beside < tone.level - contrast
      || candidates.indices.contains { $0 != index && candidates[$0].frames.overlaps(range) }
  }

  /// A lone pulse of the progress tones' frequencies lasts at least this long, in ms: held vowels are shorter.
  private static let loneMinimumMs = 250.0
  /// Just before and just after a tone the line is this much quieter, in dB: vowels are embedded in speech.
  static let contrastDb: Float = 12
  /// The same of higher tones, in dB: GSM 6.10 weakens them, and few vowels are so pure.
  private static let highContrastDb: Float = 8
  /// Quiet is looked for so many frames away from a tone, whose edges are known to 10 ms, ...
  private static let apartFrames = 2
  /// ... in so many frames: shorter than the pause between syllables.
  private static let besideFrames = 6
}
