internal import CallModel
internal import RealModule
internal import SignalProcessing

extension SpeechFeatures {
  /// How voiced each frame and what is around it are.
  mutating func addVoice(_ own: LegEvidence) {
    let (leg, count) = (own.input.leg, own.input.count / Frames.perStep)
    let steps = leg.steps
    let voicing = RunningBytes([Float](count: count) { steps[$0].voicing }, from: 0, perUnit: 250)
    table.appendSteps(voicing.maximum(in: -4...4))
    table.appendSteps(voicing.mean(in: -7...7))
    table.appendSteps(voicing.maximum(in: -8...(-1)))
    table.appendSteps(voicing.maximum(in: 1...8))
    table.appendSteps(RunningBytes(leg.lowShares(where: candidateSteps), from: 0, perUnit: 250).bytes)
    let corePitches = own.core.runs.flatMap { run in
      steps[run.lowerBound / Frames.perStep..<run.upperBound / Frames.perStep].map(\.pitch)
    }
    let pitches = pitches(steps[..<count], over: corePitches.quantile(0.5) ?? 0)
    table.appendSteps(RunningBytes(pitches).maximum(in: -8...8))
    let steady = [Float](count: count) { step in
      Float(steps[step].steadyPeakCount) / max(1, Float(steps[step].peakCount))
    }
    table.appendSteps(RunningBytes(RunningBytes(steady, from: 0, perUnit: 250).bytes).mean(in: -25...25))
  }

  /// The steps with a candidate.
  private var candidateSteps: [Bool] {
    isCandidate.withUnsafeBufferPointer { isCandidate in
      [Bool](count: isCandidate.count / Frames.perStep) { isCandidate[2 * $0] || isCandidate[2 * $0 + 1] }
    }
  }

  /// The pitch of voiced steps over the party's, 128 where they are the same, 60 for an octave; 0 without voice.
  private func pitches(_ steps: ArraySlice<StepFeatures>, over typical: Float) -> [UInt8] {
    guard typical > 0 else { return [UInt8](repeating: 0, count: steps.count) }
    return [UInt8](count: steps.count) { step in
      let (voicing, pitch) = (steps[step].voicing, steps[step].pitch)
      guard voicing > VoicedCore.voicingThreshold, pitch > 0 else { return 0 }
      return UInt8(min(max(128 + 60 * octaves(pitch, typical), 1), 255))
    }
  }

  /// How near the core is, how loud it is nearby, and how much of it there is.
  mutating func addCore(_ own: LegEvidence) {
    let (mask, depth) = (own.core.mask, own.depth.bytes)
    table.append(distances(from: own.core.runs))
    table.append(distances(from: own.core.voiced))
    table.append(own.depth.within(own.core.runs).maximum(in: -50...50))
    table.append(RunningBytes(mask).mean(in: -1500...1500, times: 400))
    let weakest = Self.depthByte(-13)
    let weak = own.core.runs.reduce(0) { $0 + $1.count { depth[$0] < weakest } }
    table.append(constant: UInt8(250 * weak / max(1, own.core.runs.frameTotal)))
    table.append(constant: UInt8(min(255, own.core.shareApart * 1000)))
    table.append(constant: UInt8(own.core.depth * 8))
    let isActive = own.ratio.isAbove(Self.ratioByte(4), where: own.input.usable)
    table.append(RunningBytes(isActive).mean(in: -500...500, times: 250))
  }

  /// The distance of each frame from the last one before it in a run: 44 ln(1 + frames), up to 3 s.
  private func distances(from runs: [FrameRange]) -> [UInt8] {
    var result = [UInt8](repeating: Self.distanceSteps[Self.farthest], count: table.frameCount)
    for (index, run) in runs.enumerated() {
      let next = index + 1 < runs.count ? runs[index + 1].lowerBound : table.frameCount
      let near = run.upperBound..<min(next, run.upperBound + Self.farthest)
      result.replaceSubrange(run, with: repeatElement(0, count: run.count))
      result.replaceSubrange(near, with: Self.distanceSteps[1..<1 + near.count])
    }
    return result
  }

  private static let farthest = 3 * Frames.perSecond
  private static let distanceSteps = (0...farthest).map { UInt8(44 * Float.log(onePlus: Float($0))) }

  /// Whether the spectrum is that of the core rather than that of the sound far from it.
  mutating func addTimbre(_ own: LegEvidence) {
    let (leg, steps) = (own.input.leg, own.input.count / Frames.perStep)
    let (core, isFar) = (own.core.mask, own.isFar)
    let isLoud = own.depth.isAbove(Self.depthByte(-10))
    let isHeard = own.ratio.isAbove(Self.ratioByte(1))
    let isOwn = [Bool](count: steps) { core[2 * $0] && isLoud[2 * $0] }
    let isOthers = [Bool](count: steps) { isFar[2 * $0] && isFar[2 * $0 + 1] && isHeard[2 * $0] }
    let isAsked = candidateSteps
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
