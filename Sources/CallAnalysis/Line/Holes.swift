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
      let isHole = peak(part) <= highest
      if isHole && start < 0 { start = part }
      if isHole { continue }
      defer { start = -1 }
      if start > 1, (shortest...longest).contains(part - start) {
        // The part next to the hole may be cut itself: the larger of the two beside it counts.
        let before = max(peak(start - 1), peak(start - 2))
        let after = max(peak(part), part + 1 < parts ? peak(part + 1) : 0)
        if before >= edge && after >= edge {
          result.append(Hole(frame: start / FrameFeatures.partCount, length: Double(part - start) * 2.5))
        }
      } else if let begin = smeared(before: part, peak) {
        result.append(Hole(frame: begin / FrameFeatures.partCount, length: 20))
      }
    }
    return result
  }

  /// The part where a packet is missing that a codec has smeared since, if sound leaps back at `part`: GSM 6.10 lets
  /// a voice die away within two parts, and return at once, 20 ms after it was lost.
  private static func smeared(before part: Int, _ peak: (Int) -> UInt16) -> Int? {
    let length = 8  // parts: 20 ms
    let after = max(peak(part), 1)
    guard part > length + 3, after >= 600 else { return nil }
    guard (part - 5..<part).allSatisfy({ 30 * Int(peak($0)) <= Int(after) }) else { return nil }
    for begin in [part - length, part - length + 1, part - length - 1] {
      let before = max(peak(begin - 1), peak(begin - 2))
      let isSudden = (begin + 1..<part).allSatisfy { 6 * Int(peak($0)) <= Int(peak(begin - 1)) }
      if before >= 600, isSudden { return begin }
    }
    return nil
  }
}
