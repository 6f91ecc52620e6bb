internal import CallModel

extension LegRecord {
  /// What the segments of one voice make as a leg of their own; `both` is the leg that carries them.
  ///
  /// - Parameter bridge: segments with fewer frames between them are one talkspurt.
  init(of segments: some Sequence<VoiceSegment>, within both: LegRecord, bridge: Int) {
    self.init()
    for segment in segments {
      if let last = talkspurts.last, segment.frames.lowerBound - last.frames.upperBound < bridge {
        talkspurts[talkspurts.count - 1] = last.joined(segment.voice)
      } else {
        talkspurts.append(segment.voice)
      }
      speechLevel.merge(segment.level)
      for bin in segment.pitches { pitches.add(bin: Int(bin)) }
      clippedRuns += segment.clippedRuns
    }
    holes = both.holes.filter { isTalk($0.frame) }
    repeats = both.repeats.filter { isTalk($0.frame) }
  }

  /// Whether a frame lies in a talkspurt, by bisection.
  private func isTalk(_ frame: Int) -> Bool {
    var (low, high) = (0, talkspurts.count)
    while low < high {
      let middle = (low + high) / 2
      if talkspurts[middle].frames.upperBound <= frame { low = middle + 1 } else { high = middle }
    }
    return low < talkspurts.count && talkspurts[low].frames.contains(frame)
  }
}
