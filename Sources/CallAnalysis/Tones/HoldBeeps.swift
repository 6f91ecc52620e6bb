internal import CallModel

/// Whether even beeps are those of a hold. Beeps that announce a recording, or a call that waits, are as even, but go on
/// while people talk.
struct HoldBeeps {
  /// The pulses of the leg, in order of time.
  let pulses: [Tone]
  /// Its talkspurts, in order of time.
  let speech: [FrameRange]
  /// Those of the other leg.
  let other: [FrameRange]
  let settings: ToneSettings

  /// Whether some of the pulses, alike and at even intervals, are a hold.
  func areHold(_ group: [Int]) -> Bool {
    let beeps = group.map { pulses[$0] }
    let span = ToneNames.span(beeps)
    return Frames.seconds(span.count) >= settings.holdMinimumS && !isSpoken(in: span)
      && Double(other.intersection([span]).frameTotal) < Self.answeredShare * Double(span.count)
      && !goesOnInTalk(group)
  }

  /// Whether the leg carries whole talkspurts within some frames.
  private func isSpoken(in frames: FrameRange) -> Bool {
    speech.contains { $0.lowerBound >= frames.lowerBound && $0.upperBound <= frames.upperBound }
  }

  /// Whether the same beep comes at the same interval, or a multiple of it, with speech of the leg between.
  private func goesOnInTalk(_ group: [Int]) -> Bool {
    let (first, last) = (pulses[group[0]], pulses[group[group.count - 1]])
    let interval =
      Double(last.frames.lowerBound - first.frames.lowerBound) / Double(group.count - 1)
    return pulses.indices.contains { index in
      let beep = pulses[index]
      guard !group.contains(index), beep.isAlike(first) else { return false }
      let isBefore = beep.frames.lowerBound < first.frames.lowerBound
      let intervals = Double(beep.frames.lowerBound - (isBefore ? first : last).frames.lowerBound) / interval
      let between =
        isBefore
        ? beep.frames.upperBound..<first.frames.lowerBound : last.frames.upperBound..<beep.frames.lowerBound
      return abs(intervals) <= Self.longestIntervals
        && abs(intervals - intervals.rounded()) * interval <= Self.tolerance && isSpoken(in: between)
    }
  }

  /// Who waits on hold says a sentence or two: the other leg talks for less than this share of the time.
  private static let answeredShare = 0.2
  /// The clock of a machine is known to so many frames after a few intervals.
  private static let tolerance = 10.0
  /// ... that is, after at most so many: two holds of one machine may have the same clock by chance.
  private static let longestIntervals = 12.0
}
