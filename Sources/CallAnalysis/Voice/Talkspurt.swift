internal import CallModel
internal import SignalProcessing

/// One talkspurt and what its voice was like.
struct Talkspurt {
  /// Where it lies, in frames of the call.
  var frames: FrameRange
  /// Mean level over its voiced frames in dBov; nil without any.
  var level: Float?
  /// Median fundamental frequency in Hz; nil without voiced frames.
  var pitch: Float?
  /// Power of 1 to 3.5 kHz over that of 0.25 to 1 kHz in voiced frames, in dB.
  var tilt: Float?
  /// Syllable nuclei.
  var syllables: Int

  /// A pitch in Hz as semitones above 1 Hz.
  static func semitones(_ pitch: Double) -> Double { 12 * 3.3219281 * logarithm10(pitch) }

  /// Where it lies, in seconds.
  var range: (start: Double, end: Double) {
    (Double(frames.lowerBound) * FeatureTrack.hop, Double(frames.upperBound) * FeatureTrack.hop)
  }
}

/// Measures the voice in a talkspurt.
struct VoiceMeter {
  /// Bands of 0.25 to 1 kHz and of 1 to 3.5 kHz of the 19, by their mel centres.
  private static let lowBands = 1..<8
  private static let highBands = 8..<18

  /// Measures one talkspurt, given in frames of the section.
  ///
  /// - Returns: the talkspurt in frames of the call, and the voiced pitches in Hz.
  static func measure(
    _ run: FrameRange, leg: LegTrack, scene: LegScene, activity: SpeechActivity, firstFrame: Int,
    settings: VoiceSettings, voicing: Float
  ) -> (Talkspurt, pitches: [Float]) {
    var pitches: [Float] = []
    var power: Float = 0
    var low: Float = 0
    var high: Float = 0
    var voiced = 0
    for step in run.lowerBound / 2..<max(run.lowerBound / 2, run.upperBound / 2)
    where leg.steps[step].voicing > voicing {
      pitches.append(leg.steps[step].pitch)
      for frame in 2 * step...2 * step + 1 {
        power += leg.frames[frame].power
        for band in lowBands { low += leg.frames[frame].bands[band] }
        for band in highBands { high += leg.frames[frame].bands[band] }
        voiced += 1
      }
    }
    let spurt = Talkspurt(
      frames: run.lowerBound + firstFrame..<run.upperBound + firstFrame,
      level: voiced > 0 ? decibels(power / Float(voiced)) : nil, pitch: pitches.quantile(0.5),
      tilt: low > 0 ? decibels(high / low) : nil,
      syllables: syllables(in: run, leg: leg, scene: scene, loud: activity.loud ?? -200, settings: settings))
    return (spurt, pitches)
  }

  /// Counts syllable nuclei: maxima of the smoothed level in voiced frames with a dip of 2 dB on both sides
  /// (de Jong and Wempe 2009), here on 10 ms levels smoothed over 50 ms.
  private static func syllables(
    in run: FrameRange, leg: LegTrack, scene: LegScene, loud: Float, settings: VoiceSettings
  ) -> Int {
    let dip = Float(settings.syllableDipDb)
    let lowest = loud - Float(settings.syllableDepthDb)
    var count = 0
    var valley: Float = -200
    var peak: Float = -200
    var peakFrame = run.lowerBound
    var rising = true
    var smoothed = run.map { frame in
      let around = max(0, frame - 2)...min(scene.level.count - 1, frame + 2)
      return around.reduce(0) { $0 + leg.frames[$1].power } / Float(around.count)
    }
    toDecibels(&smoothed)
    func isVoiced(_ frame: Int) -> Bool {
      let step = min(frame / 2, leg.steps.count - 1)
      return step >= 0 && leg.steps[step].voicing > 0.3
    }
    for (frame, level) in zip(run, smoothed) {
      if rising {
        if level > peak {
          peak = level
          peakFrame = frame
        } else if level < peak - dip {
          if peak > valley + dip, peak > lowest, isVoiced(peakFrame) { count += 1 }
          rising = false
          valley = level
        }
      } else if level < valley {
        valley = level
      } else if level > valley + dip {
        rising = true
        peak = level
        peakFrame = frame
      }
    }
    if rising, peak > valley + dip, peak > lowest, isVoiced(peakFrame) { count += 1 }
    return count
  }
}
