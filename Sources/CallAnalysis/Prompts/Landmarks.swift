internal import CallModel
internal import SignalProcessing

/// Landmarks of a leg, after Wang (2003), An industrial-strength audio search algorithm: what is hashed are the
/// strongest lines of speech at five instants, which survive other levels, line noise and telephone codecs.
enum Landmarks {
  /// The instants: 80 ms apart, so that a landmark spans a syllable or two.
  static let lags = [0, 4, 8, 12, 16]
  /// Lines are taken to so many Hz: four bins of the spectrum.
  static let width: Float = 62.5
  /// One landmark in two is kept, by its hash, so that the same ones are kept in every call; some 18 are left
  /// in a second of speech.
  static let sampling: UInt32 = 2
  /// No call keeps more, some 50 minutes of speech: what is 8 bytes each in the store is bounded.
  static let most = 60_000

  /// The landmarks that begin in `frames` of a leg, whose frames count from `first` in the call, and lie in
  /// `speech`: tones, music and the other leg's voice give none.
  static func find(_ leg: LegTrack, in frames: Range<Int>, speech: [FrameRange], first: Int) -> [Landmark] {
    var found: [Landmark] = []
    let spoken = speech.mask(count: leg.frames.count)
    let last = min(leg.steps.count, leg.frames.count / 2) - Landmark.span
    for step in (frames.lowerBound + 1) / 2..<max((frames.lowerBound + 1) / 2, (frames.upperBound + 1) / 2)
    where step <= last {
      var bits: UInt64 = 0
      var seen: UInt64 = 0
      var isSpeech = true
      for lag in lags {
        isSpeech = isSpeech && spoken[2 * (step + lag) + 1] && leg.steps[step + lag].firstLine > 0
        let line = UInt64(leg.steps[step + lag].firstLine / width) & 63
        bits = bits << 6 | line
        seen |= 1 << line
      }
      // A line that stands still tells nothing.
      guard isSpeech, seen.nonzeroBitCount >= 3 else { continue }
      // Knuth's multiplicative hash with the golden ratio: the upper half is mixed well.
      let hash = UInt32(truncatingIfNeeded: (bits &* 0x9E37_79B9_7F4A_7C15) >> 32)
      if hash % sampling == 0 { found.append(Landmark(hash: hash, step: UInt32(first / 2 + step))) }
    }
    return found
  }
}
