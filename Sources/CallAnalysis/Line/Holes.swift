internal import SignalProcessing

/// A hole in speech, or what stands for it.
struct Hole {
  /// The frame where it begins.
  var frame: Int
  /// How long it is, in ms.
  var length: Double
}

/// Holes in speech: packets that never arrived.
enum Holes {
  /// The holes of a section: nothing but silence for a packet or a few, with sound on both sides. The frame where
  /// each begins, and how long it is in ms.
  static func find(leg: LegTrack, count: Int, settings: LineSettings) -> [Hole] {
    let parts = count * FrameFeatures.partCount
    let shortest = Int((settings.holeShortestMs / 2.5).rounded())
    let longest = Int((settings.holeLongestMs / 2.5).rounded())
    let highest = UInt16(settings.holeHighestLsb)
    let edge = UInt16(settings.holeEdgeLsb)
    var result: [Hole] = []
    var start = -1
    func peak(_ part: Int) -> UInt16 {
      leg.frames[part / FrameFeatures.partCount].peaks[part % FrameFeatures.partCount]
    }
    for part in 0..<parts {
      if peak(part) <= highest {
        if start < 0 { start = part }
        continue
      }
      defer { start = -1 }
      guard start > 1, (shortest...longest).contains(part - start) else { continue }
      // The part next to the hole may be cut itself: the larger of the two beside it counts.
      let before = max(peak(start - 1), peak(start - 2))
      let after = max(peak(part), part + 1 < parts ? peak(part + 1) : 0)
      if before >= edge && after >= edge {
        result.append(Hole(frame: start / FrameFeatures.partCount, length: Double(part - start) * 2.5))
      }
    }
    return result
  }
}
