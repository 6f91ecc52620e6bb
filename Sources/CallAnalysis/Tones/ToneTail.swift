internal import CallModel

/// What a codec makes of the end of a tone: GSM 6.10 rings on for a quarter of a second in digital silence.
struct ToneTail {
  /// The level of each frame in dBov.
  let level: [Float]

  /// The frames after a tone that are the codec's; none where sound goes on for longer, unless the next of `tones`,
  /// in order of time, is there by then, or where it is louder than the tone.
  func frames(after tone: Tone, before tones: [Tone]) -> FrameRange {
    let end = tone.frames.upperBound
    let silence = tone.level - Self.depthDb
    let limit = min(level.count, end + Frames.count(milliseconds: Self.longestMs))
    let stop =
      tones.lazy.map(\.frames.lowerBound).first { $0 >= end && $0 < limit }
      ?? (end..<limit).first { first in
        level[first..<min(level.count, first + Self.silentFrames)].allSatisfy { $0 < silence }
      } ?? end
    let loud = Array(level[end..<stop]).quantile(Self.loudQuantile) ?? -200
    return end..<(loud < tone.level ? stop : end)
  }

  /// The tail ends within this time, in ms: GSM 6.10 rings on for 250.
  private static let longestMs = 300.0
  /// Then the line lies this far below the tone, in dB, ...
  private static let depthDb: Float = 35
  /// ... for so many frames at least, so that a dip of the tail is not its end.
  private static let silentFrames = 3
  /// The loud part of a tail is this quantile of its levels: a click may be louder.
  private static let loudQuantile = 0.9
}
