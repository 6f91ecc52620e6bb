internal import CallModel
internal import RealModule
internal import SignalProcessing

/// One talkspurt and what its voice was like.
struct Talkspurt {
  /// Where it lies, in frames of the call.
  var frames: FrameRange
  /// The mean level of its voiced frames, in dBov; nil without any.
  var level: Float?
  /// The median fundamental frequency of its voiced frames, in Hz; nil without any.
  var pitch: Float?
  /// The power of 1 to 3.5 kHz over that of 0.25 to 1 kHz in its voiced frames, in dB; nil without any.
  var tilt: Float?
  /// The number of syllable nuclei.
  var syllables: Int

  /// A pitch in Hz as semitones above 1 Hz.
  static func semitones(_ pitch: Double) -> Double { 12 * .log2(pitch) }

  /// This talkspurt and one that follows it, as one: levels are averaged by power, pitch and tilt by length.
  func joined(_ next: Talkspurt) -> Talkspurt {
    let here = Float(frames.count)
    let there = Float(next.frames.count)
    func mean(_ a: Float?, _ b: Float?) -> Float? {
      guard let a, let b else { return a ?? b }
      return (a * here + b * there) / (here + there)
    }
    let power = mean(
      level.map { SignalProcessing.power(decibels: $0) },
      next.level.map { SignalProcessing.power(decibels: $0) })
    return Talkspurt(
      frames: frames.lowerBound..<next.frames.upperBound, level: power.map { decibels($0) },
      pitch: mean(pitch, next.pitch), tilt: mean(tilt, next.tilt), syllables: syllables + next.syllables)
  }
}
