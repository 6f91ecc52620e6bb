internal import CallModel
internal import SignalProcessing

/// Syllable nuclei: maxima of the level in voiced frames with a dip on both sides (de Jong and Wempe 2009, Praat
/// script to detect syllable nuclei and measure speech rate automatically).
enum SyllableNuclei {
  /// A nucleus stands this far above the dips beside it, in dB (de Jong and Wempe 2009).
  private static let dipDb: Float = 2
  /// A nucleus lies at most this far below the leg's loud talk, in dB (de Jong and Wempe 2009).
  private static let depthDb: Float = 25
  /// The normalised autocorrelation from which a nucleus is voiced, 0 to 1. It is lower than for talkspurts: the
  /// run is known to be speech, and only consonants are to be left out.
  private static let voicing: Float = 0.3
  /// The level is smoothed over this many frames on each side: 50 ms in all, shorter than a syllable and longer
  /// than a period of the voice.
  private static let smoothingFrames = 2

  /// The number of nuclei in a run.
  ///
  /// - Parameters:
  ///   - run: frames of the section.
  ///   - frameCount: the frames of the section.
  ///   - loud: the level of the leg's loud talk, in dBov; without one no depth is required.
  static func count(in run: FrameRange, leg: LegTrack, frameCount: Int, loud: Float?) -> Int {
    let lowest = (loud ?? -.infinity) - depthDb
    var count = 0
    var valley = -Float.infinity
    var peak = -Float.infinity
    var peakFrame = run.lowerBound
    var isRising = true
    func countPeak() {
      if peak > valley + dipDb, peak > lowest, isVoiced(peakFrame, leg: leg) { count += 1 }
    }
    for (frame, level) in zip(run, smoothedLevels(of: run, leg: leg, frameCount: frameCount)) {
      if isRising {
        if level > peak {
          peak = level
          peakFrame = frame
        } else if level < peak - dipDb {
          countPeak()
          isRising = false
          valley = level
        }
      } else if level < valley {
        valley = level
      } else if level > valley + dipDb {
        isRising = true
        peak = level
        peakFrame = frame
      }
    }
    if isRising { countPeak() }
    return count
  }

  /// The levels of a run, smoothed, in dBov.
  private static func smoothedLevels(of run: FrameRange, leg: LegTrack, frameCount: Int) -> [Float] {
    var levels = run.map { frame in
      let around = max(0, frame - smoothingFrames)...min(frameCount - 1, frame + smoothingFrames)
      return around.reduce(0) { $0 + leg.frames[$1].power } / Float(around.count)
    }
    toDecibels(&levels)
    return levels
  }

  private static func isVoiced(_ frame: Int, leg: LegTrack) -> Bool {
    let step = min(frame / Frames.perStep, leg.steps.count - 1)
    return step >= 0 && leg.steps[step].voicing > voicing
  }
}
