internal import CallModel
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
  /// The holes in and beside speech of a section: nothing but silence for a packet or a few, with sound on both sides.
  /// The frame where each begins, and how long it is in ms.
  static func find(leg: LegTrack, count: Int, speech: [FrameRange], settings: LineSettings) -> [Hole] {
    let parts = count * FrameFeatures.partCount
    let shortest = Int((settings.holeShortestMs / 2.5).rounded())
    let longest = max(0, Int((settings.holeLongestMs / 2.5).rounded()))
    let highest = UInt16(clamping: Int(settings.holeHighestLsb))
    let edge = UInt16(clamping: Int(settings.holeEdgeLsb))
    let smear = Smear(settings)
    var result: [Hole] = []
    // What begins in speech is seen from as far before and after as a hole or a packet is long.
    let margin = longest / FrameFeatures.partCount + 3
    let near = speech.map {
      max(0, $0.lowerBound - margin)..<min(count, $0.upperBound + margin)
    }.bridged(gap: 1)
    func peak(_ part: Int) -> UInt16 {
      leg.frames[part / FrameFeatures.partCount].peaks[part % FrameFeatures.partCount]
    }
    for run in near {
      var start = -1
      var last = run.lowerBound > 0 ? leg.frames[run.lowerBound - 1].peaks[3] : 0
      for frame in run {
        let four = leg.frames[frame].peaks
        let lowest = min(min(four[0], four[1]), min(four[2], four[3]))
        let highestHere = max(max(four[0], four[1]), max(four[2], four[3]))
        defer { last = four[3] }
        // Where sound goes on there is nothing to look at.
        if start < 0, lowest > highest, smear.leap * Float(min(last, lowest)) > Float(highestHere) {
          continue
        }
        for part in frame * FrameFeatures.partCount..<(frame + 1) * FrameFeatures.partCount {
          if peak(part) <= highest {
            if start < 0 { start = part }
            continue
          }
          defer { start = -1 }
          if start > 1, ordered(shortest, longest).contains(part - start) {
            // The part next to the hole may be cut itself: the larger of the two beside it counts.
            let before = max(peak(start - 1), peak(start - 2))
            let after = max(peak(part), part + 1 < parts ? peak(part + 1) : 0)
            if before >= edge && after >= edge {
              result.append(Hole(frame: start / FrameFeatures.partCount, length: Double(part - start) * 2.5))
            }
          } else if let begin = smear.begin(before: part, peak) {
            result.append(Hole(frame: begin / FrameFeatures.partCount, length: 20))
          }
        }
      }
    }
    return result
  }
}

/// What GSM 6.10 makes of a lost packet: a voice that dies away within two parts, and returns at once, 20 ms after it
/// was lost.
private struct Smear {
  /// Sound that comes back leaps by this factor or more.
  let leap: Float
  private let fall: Float
  private let edge: Float

  init(_ settings: LineSettings) {
    leap = Float(settings.smearedLeap)
    fall = Float(settings.smearedFall)
    edge = Float(settings.smearedEdgeLsb)
  }

  /// The part where the packet is missing, if sound leaps back at `part`.
  func begin(before part: Int, _ peak: (Int) -> UInt16) -> Int? {
    let length = 8  // parts: 20 ms
    let after = Float(peak(part))
    guard part > length + 3, after >= edge else { return nil }
    guard (part - 5..<part).allSatisfy({ leap * Float(peak($0)) <= after }) else { return nil }
    for begin in [part - length, part - length + 1, part - length - 1] {
      let last = Float(peak(begin - 1))
      let isSudden = (begin + 1..<part).allSatisfy { fall * Float(peak($0)) <= last }
      if max(last, Float(peak(begin - 2))) >= edge, isSudden { return begin }
    }
    return nil
  }
}
