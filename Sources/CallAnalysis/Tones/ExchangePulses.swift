internal import CallModel

/// Pulses that are tones beyond doubt, whatever music there is: those that are held, and those that repeat. An exchange
/// repeats a pulse to the hertz, the decibel and the hundredth of a second, with nothing between; notes of a melody have
/// other sounds between them.
struct ExchangePulses {
  /// The level of each frame in dBov.
  let level: [Float]
  let settings: ToneSettings

  /// For each of some tones whether it is such a pulse.
  func areCertain(_ tones: [Tone]) -> [Bool] {
    tones.indices.map { index in
      tones[index].isHeld
        || tones[index].isProgress(settings)
          && tones.indices.contains { $0 != index && areRepeated(tones[$0], tones[index]) }
    }
  }

  private func areRepeated(_ a: Tone, _ b: Tone) -> Bool {
    a.isInCadence(with: b) && abs(a.level - b.level) < Self.sameLevelDb && isQuiet(between: a, b)
  }

  /// Whether nothing but the pulses of a cadence is heard between two of them.
  private func isQuiet(between a: Tone, _ b: Tone) -> Bool {
    let from = min(a.frames.upperBound, b.frames.upperBound) + Self.edgeFrames
    let to = max(a.frames.lowerBound, b.frames.lowerBound) - Self.edgeFrames
    guard from < to, to - from < Frames.count(seconds: settings.ringPauseLongestS) else { return false }
    let loud = Array(level[from..<to]).quantile(Self.loudQuantile) ?? -200
    return loud < min(a.level, b.level) - PulseAcceptance.contrastDb
  }

  /// Two pulses of one exchange differ less than this in level, in dB.
  private static let sameLevelDb: Float = 3
  /// The edges of pulses are left out, in frames: codecs blur them.
  private static let edgeFrames = 3
  /// The loud part of a pause is this quantile of its levels: a click may be louder.
  private static let loudQuantile = 0.9
}
