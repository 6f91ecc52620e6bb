internal import CallModel

/// Silence of a call: the stretches that are dead air, how many there are of each length, and the tail.
struct Silences {
  let sounds: [FrameRange]
  let speech: [FrameRange]

  /// The stretches of at least so many seconds without a sound, between sounds.
  func stretches(ofAtLeast seconds: Seconds) -> [FrameRange] {
    DeadAir.gaps(between: sounds, speech: speech, minimum: Frames.count(seconds: seconds))
  }

  /// How many stretches there are of each of the lengths that are counted.
  var counts: [(length: Seconds, count: Int)] {
    CallFacts.deadAirLengths.map { ($0, stretches(ofAtLeast: $0).count) }
  }

  /// The frame from which nothing is heard to the end; nil where nothing is heard at all.
  var tailStart: Int? { sounds.map(\.upperBound).max() }
}
