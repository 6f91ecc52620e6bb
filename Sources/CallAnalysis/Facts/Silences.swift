internal import CallModel

/// Silence of a call: the stretches that are dead air, and how many there are of each length.
struct Silences {
  let sounds: [FrameRange]
  let speech: [FrameRange]
  let frameCount: Int

  /// The stretches of at least so many seconds without a sound.
  func stretches(ofAtLeast seconds: Seconds) -> [FrameRange] {
    DeadAir.gaps(
      between: sounds, speech: speech, frameCount: frameCount, minimum: Frames.count(seconds: seconds))
  }

  /// How many stretches there are of each of the lengths that are counted.
  var counts: [(length: Seconds, count: Int)] {
    CallFacts.deadAirLengths.map { ($0, stretches(ofAtLeast: $0).count) }
  }
}
