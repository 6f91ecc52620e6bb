internal import CallModel
internal import RealModule
internal import SignalProcessing

extension SpeechFeatures {
  /// How voiced each frame and what is around it are.
  mutating func addVoice(_ own: LegEvidence) {
    let steps = own.input.leg.steps[..<(own.input.count / Frames.perStep)]
    let voicing = RunningBytes(steps.map(\.voicing), from: 0, perUnit: 250)
    table.appendSteps(voicing.maximum(in: -4...4))
    table.appendSteps(voicing.mean(in: -7...7))
    table.appendSteps(voicing.maximum(in: -8...(-1)))
    table.appendSteps(voicing.maximum(in: 1...8))
    let lowShares = lowShares(own.input.leg, steps: steps.count)
    table.appendSteps(RunningBytes(lowShares, from: 0, perUnit: 250).bytes)
    let isCore = (0..<steps.count).map { own.core.mask[Frames.perStep * $0] }
    let typicalPitch = steps.map(\.pitch).taken(by: isCore).quantile(0.5) ?? 0
    table.appendSteps(RunningBytes(pitches(steps, over: typicalPitch)).maximum(in: -8...8))
    let steady = steps.map { Float($0.steadyPeakCount) / max(1, Float($0.peakCount)) }
    table.appendSteps(RunningBytes(RunningBytes(steady, from: 0, perUnit: 250).bytes).mean(in: -25...25))
  }

  /// The share of power below 990 Hz in each step with a candidate; 0 in others.
  private func lowShares(_ leg: LegTrack, steps: Int) -> [Float] {
    (0..<steps).map { step in
      isCandidate[2 * step] || isCandidate[2 * step + 1] ? leg.lowShare(step: step) : 0
    }
  }

  /// The pitch of voiced steps over the party's, 128 where they are the same, 60 for an octave; 0 without voice.
  private func pitches(_ steps: ArraySlice<StepFeatures>, over typical: Float) -> [UInt8] {
    guard typical > 0 else { return steps.map { _ in 0 } }
    return steps.map { step in
      guard step.voicing > VoicedCore.voicingThreshold, step.pitch > 0 else { return 0 }
      return UInt8(min(max(128 + 60 * octaves(step.pitch, typical), 1), 255))
    }
  }

  /// How near the core is, how loud it is nearby, and how much of it there is.
  mutating func addCore(_ own: LegEvidence) {
    let (mask, depth) = (own.core.mask, own.depth.bytes)
    table.append(distances(from: mask))
    table.append(distances(from: own.core.voiced.mask(count: mask.count)))
    table.append(RunningBytes(zip(mask, depth).map { $0 ? $1 : 0 }).maximum(in: -50...50))
    table.append(RunningBytes(mask).mean(in: -1500...1500, times: 400))
    let weak = mask.indices.count { mask[$0] && depth[$0] < Self.depthByte(-13) }
    table.append(constant: UInt8(250 * weak / max(1, own.core.runs.frameTotal)))
    table.append(constant: UInt8(min(255, own.core.shareApart * 1000)))
    table.append(constant: UInt8(own.core.depth * 8))
    let isActive = mask.indices.map { own.ratio.bytes[$0] > Self.ratioByte(4) && own.input.usable[$0] }
    table.append(RunningBytes(isActive).mean(in: -500...500, times: 250))
  }

  /// The distance of each frame from the last one of the core before it: 44 ln(1 + frames), up to 3 s.
  private func distances(from core: [Bool]) -> [UInt8] {
    var distance = Self.farthest
    return core.map { isCore in
      distance = isCore ? 0 : min(Self.farthest, distance + 1)
      return Self.distanceSteps[distance]
    }
  }

  private static let farthest = 3 * Frames.perSecond
  private static let distanceSteps = (0...farthest).map { UInt8(44 * Float.log(onePlus: Float($0))) }

  /// Whether the spectrum is that of the core rather than that of the sound far from it.
  mutating func addTimbre(_ own: LegEvidence) {
    let (leg, steps) = (own.input.leg, own.input.count / Frames.perStep)
    let depth = own.depth.bytes
    let isOwn = (0..<steps).map { own.core.mask[2 * $0] && depth[2 * $0] > Self.depthByte(-10) }
    let isOthers = (0..<steps).map {
      own.isFar[2 * $0] && own.isFar[2 * $0 + 1] && own.ratio.bytes[2 * $0] > Self.ratioByte(1)
    }
    let isAsked = (0..<steps).map { isCandidate[2 * $0] || isCandidate[2 * $0 + 1] }
    var odds = [Float](repeating: 0, count: steps)
    // Fewer steps are a syllable or a click.
    if isOwn.count(where: \.self) > 15, isOthers.count(where: \.self) > 25 {
      odds = Timbre(of: leg, where: isOwn).logOdds(
        against: Timbre(of: leg, where: isOthers), of: leg, where: isAsked)
    }
    let bytes = RunningBytes(odds, from: -5, perUnit: 25)
    table.appendSteps(RunningBytes(bytes.mean(in: -2...2, where: isAsked)).maximum(in: -7...7))
    table.appendSteps(bytes.mean(in: -25...25, where: isAsked))
  }
}
