internal import CallModel
internal import SignalProcessing

/// Landmarks of a leg, after Wang (2003), An industrial-strength audio search algorithm. What is hashed are the
/// strongest lines of speech at five instants, which survive other levels, line noise and telephone codecs.
enum Landmarks {
  /// The instants, in steps: 80 ms apart, so that a landmark spans a syllable or two.
  private static let lags = [0, 4, 8, 12, 16]
  /// Lines are rounded to so many Hz: four bins of the spectrum.
  private static let resolutionHz: Float = 62.5
  /// The minimum of different lines at the five instants: a line that stands still is a tone or a hum, of which
  /// every place looks like every other.
  private static let minimumLines = 3
  /// One landmark in two is kept, by its hash, so that the same ones are kept in every call; some 18 are left
  /// in a second of speech.
  private static let sampling: UInt32 = 2
  /// The maximum for a leg, some 50 minutes of speech: it bounds what is 8 bytes each in the store.
  static let maximumCount = 60_000

  /// The landmarks that begin in some frames of a leg and lie in speech: tones, music and the other leg's voice
  /// give none.
  ///
  /// - Parameters:
  ///   - frames: frames of the section.
  ///   - speech: runs of frames of the section.
  ///   - first: the frame of the call at which the section begins.
  static func find(_ leg: LegTrack, in frames: Range<Int>, speech: [FrameRange], first: Int) -> [Landmark] {
    var found: [Landmark] = []
    let isSpoken = speech.mask(count: leg.frames.count)
    let begin = firstStep(from: frames.lowerBound)
    let last = min(leg.steps.count, leg.frames.count / Frames.perStep) - Landmark.span
    for step in begin..<max(begin, firstStep(from: frames.upperBound)) where step <= last {
      guard let hash = hashOfLines(leg, from: step, isSpoken: isSpoken), hash % sampling == 0 else {
        continue
      }
      found.append(Landmark(hash: hash, step: UInt32(first / Frames.perStep + step)))
    }
    return found
  }

  /// The first step that begins at a frame or after it.
  private static func firstStep(from frame: Int) -> Int { (frame + Frames.perStep - 1) / Frames.perStep }

  /// The hash of the lines at the five instants from a step; nil where one is not speech or they hardly change.
  private static func hashOfLines(_ leg: LegTrack, from step: Int, isSpoken: [Bool]) -> UInt32? {
    var bits: UInt64 = 0
    var seen: UInt64 = 0
    for lag in lags {
      let (frequency, lastFrame) = (leg.steps[step + lag].firstLine, Frames.perStep * (step + lag + 1) - 1)
      guard isSpoken[lastFrame], frequency > 0 else { return nil }
      let line = UInt64(frequency / resolutionHz) & 63
      bits = bits << 6 | line
      seen |= 1 << line
    }
    guard seen.nonzeroBitCount >= minimumLines else { return nil }
    // Knuth's multiplicative hash with the golden ratio: the upper half is mixed well.
    return UInt32(truncatingIfNeeded: (bits &* 0x9E37_79B9_7F4A_7C15) >> 32)
  }
}
