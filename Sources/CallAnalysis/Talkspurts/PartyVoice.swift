internal import CallModel
internal import SignalProcessing

/// What tells a party's voiced frames from those of animals and things: how periodic they are, how much of their power
/// lies in first formants, and how high they are.
struct PartyVoice {
  private let leg: LegTrack
  /// Whether each frame belongs to the core.
  private let isCore: [Bool]
  /// The median voicing of the core, 0 to 1.
  private let voicing: Float
  /// The median share of the core's power below 990 Hz, 0 to 1.
  private let lowShare: Float
  /// The pitch above which a voice is strange, in Hz.
  private let highPitch: Float
  /// The share of power below 990 Hz in each step of the core.
  private let lowShares: [Float]

  /// A talkspurt from this long is nobody else's, in s: a volley of barks is shorter than what an angry voice says (our
  /// measurement).
  static let foreignMaximumS = 1.5
  /// The spread of voicing from talkspurt to talkspurt (our measurement).
  private static let voicingSpread: Float = 0.15
  /// The spread of the share of power below 990 Hz (our measurement).
  private static let lowShareSpread: Float = 0.15
  /// The spread of pitch, in octaves (our measurement).
  private static let pitchSpreadOctaves: Float = 0.5
  /// Pitch is strange above the party's median or above this, in Hz, whichever is higher. A second voice on the leg,
  /// after a prompt or a transfer, may be an octave higher than the first.
  private static let highPitchHz: Float = 180

  init(leg: LegTrack, core: VoicedCore) {
    self.leg = leg
    isCore = core.mask
    let steps = core.runs.flatMap { $0.lowerBound / Frames.perStep..<$0.upperBound / Frames.perStep }
    let shares = steps.map { leg.lowShare(step: $0) }
    var lowShares = [Float](repeating: 0, count: leg.steps.count)
    for (step, share) in zip(steps, shares) { lowShares[step] = share }
    self.lowShares = lowShares
    lowShare = shares.quantile(0.5) ?? 1
    voicing = steps.map { leg.steps[$0].voicing }.quantile(0.5) ?? 1
    highPitch = max(steps.map { leg.steps[$0].pitch }.quantile(0.5) ?? 0, Self.highPitchHz)
  }

  /// How far the voiced frames of a talkspurt lie from the party's voice, in spreads added up. Only that counts of which
  /// barks and squeals have more than voices; a long talkspurt has distance 0.
  func distance(of run: FrameRange) -> Float {
    guard run.count < Frames.count(seconds: Self.foreignMaximumS) else { return 0 }
    let first = (run.lowerBound + 1) / Frames.perStep
    var (count, voicings, shares, heights): (Float, Float, Float, Float) = (0, 0, 0, 0)
    for step in first..<max(first, run.upperBound / Frames.perStep) where isCore[Frames.perStep * step] {
      count += 1
      voicings += leg.steps[step].voicing
      shares += lowShares[step]
      heights += max(0, octaves(leg.steps[step].pitch, highPitch))
    }
    guard count > 0 else { return 0 }
    return max(0, voicing - voicings / count) / Self.voicingSpread
      + max(0, lowShare - shares / count) / Self.lowShareSpread + heights / count / Self.pitchSpreadOctaves
  }
}
