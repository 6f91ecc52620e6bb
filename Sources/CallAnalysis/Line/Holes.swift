internal import SignalProcessing

/// Holes in speech: packets that never arrived.
enum Holes {
  /// The frames of a section where a hole begins: nothing but silence for a packet or a few, with sound on both
  /// sides.
  static func find(leg: LegTrack, count: Int, settings: LineSettings) -> [Int] {
    let parts = count * FrameFeatures.partCount
    let shortest = Int((settings.holeShortestMs / 2.5).rounded())
    let longest = Int((settings.holeLongestMs / 2.5).rounded())
    let highest = UInt16(settings.holeHighestLsb)
    let edge = UInt16(settings.holeEdgeLsb)
    var result: [Int] = []
    var start = -1
    func peak(_ part: Int) -> UInt16 {
      leg.frames[part / FrameFeatures.partCount].peaks[part % FrameFeatures.partCount]
    }
    for frame in 0..<count {
      let four = leg.frames[frame].peaks
      // Where sound goes on there is nothing to look at.
      if start < 0, min(min(four[0], four[1]), min(four[2], four[3])) > highest { continue }
      for part in frame * FrameFeatures.partCount..<(frame + 1) * FrameFeatures.partCount {
        if peak(part) <= highest {
          if start < 0 { start = part }
          continue
        }
        defer { start = -1 }
        guard start > 1, (shortest...longest).contains(part - start) else { continue }
        // The part next to the hole may be cut itself: the larger of the two beside it counts.
        let before = max(peak(start - 1), peak(start - 2))
        let after = max(peak(part), part + 1 < parts ? peak(part + 1) : 0)
        if before >= edge && after >= edge { result.append(start / FrameFeatures.partCount) }
      }
    }
    return result
  }
}
