internal import CallModel
internal import SignalProcessing

/// Measures the voice in talkspurts of one section of a leg: level, pitch, tilt, syllables.
struct VoiceMeter {
  /// Bands of 0.25 to 1 kHz and of 1 to 3.5 kHz of the 19, by their mel centres.
  private static let lowBands = 1..<8
  private static let highBands = 8..<18

  /// The voice is measured in frames within this range of the leg's loud talk, in dB: in softer ends of words another
  /// sound is periodic as often as the voice (our measurement: the 90 % point of the pitch rose by more than an octave
  /// in 4 of 58 calls without it).
  private static let rangeDb: Float = 35

  /// The features of the section.
  let leg: LegTrack
  /// What else is known of the section's frames.
  let scene: LegScene
  /// The level of the leg's loud talk, in dBov; nil where there is none.
  let loud: Float?
  /// The frame of the call at which the section begins.
  let firstFrame: Int

  /// A meter for a section of a leg.
  init(_ section: LegSection) {
    leg = section.features
    scene = section.scene
    loud = section.activity.loud
    firstFrame = section.firstFrame
  }

  /// Measures one talkspurt, given in frames of the section.
  ///
  /// - Returns: the talkspurt in frames of the call, and the pitch of each of its voiced steps, in Hz.
  func measure(_ run: FrameRange) -> (talkspurt: Talkspurt, pitches: [Float]) {
    var pitches: [Float] = []
    var power: Float = 0
    var low: Float = 0
    var high: Float = 0
    var voiced = 0
    let first = run.lowerBound / Frames.perStep
    for step in first..<max(first, run.upperBound / Frames.perStep) where isVoiced(step) {
      pitches.append(leg.steps[step].pitch)
      for frame in Frames.perStep * step..<Frames.perStep * (step + 1) {
        power += leg.frames[frame].power
        for band in Self.lowBands { low += leg.frames[frame].bands[band] }
        for band in Self.highBands { high += leg.frames[frame].bands[band] }
        voiced += 1
      }
    }
    let talkspurt = Talkspurt(
      frames: run.lowerBound + firstFrame..<run.upperBound + firstFrame,
      level: voiced > 0 ? decibels(power / Float(voiced)) : nil, pitch: pitches.quantile(0.5),
      tilt: low > 0 ? decibels(high / low) : nil,
      syllables: SyllableNuclei.count(in: run, leg: leg, frameCount: scene.level.count, loud: loud))
    return (talkspurt, pitches)
  }

  /// Whether a step carries the voice.
  private func isVoiced(_ step: Int) -> Bool {
    guard leg.steps[step].voicing > VoicedCore.voicingThreshold else { return false }
    let frame = Frames.perStep * step
    return max(scene.level[frame], scene.level[frame + 1]) > (loud ?? -200) - Self.rangeDb
  }
}
