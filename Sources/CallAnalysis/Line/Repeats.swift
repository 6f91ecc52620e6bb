internal import CallModel
internal import SignalProcessing

/// Lost packets that were concealed by sending the last one again.
enum Repeats {
  /// The frames of a section that are the same, to the last bit of their power and the magnitudes and peaks of their
  /// parts, as those of one packet before: no voice does that. Tones and constant lines do, so that only speech is
  /// looked at.
  static func find(leg: LegTrack, count: Int, speech: [FrameRange]) -> [FrameRange] {
    let lag = Frames.count(milliseconds: lagMs)
    let longest = Frames.count(milliseconds: longestMs)
    var isRepeated = [Bool](repeating: false, count: count)
    leg.frames.withUnsafeBufferPointer { frames in
      for run in speech {
        // From one frame before, which shows whether a repeat begins here, until it is too long.
        for frame in max(1, run.lowerBound - 1)..<max(1, min(count, run.upperBound + longest + 1)) {
          let packet = frames[frame]
          let earlier = frames[max(0, frame - lag)..<frame]
          if packet.peaks.max() >= Holes.edgeLsb, earlier.contains(where: { isSame($0, packet) }) {
            isRepeated[frame] = true
          }
        }
      }
    }
    return [FrameRange](of: isRepeated).filter { run in
      run.count <= longest && run.contains { leg.frames[$0].peaks.max() >= loudLsb }
    }
  }

  private static func isSame(_ a: FrameFeatures, _ b: FrameFeatures) -> Bool {
    a.power == b.power && a.peaks == b.peaks && a.magnitudes == b.magnitudes
  }

  /// A packet is sent again at most this long after it, in ms: packets carry 10 to 40 ms.
  private static let lagMs = 40.0
  /// What is sent again lasts at most this long, in ms: then concealment fades out, and what still repeats is a tone.
  private static let longestMs = 90.0
  /// Its samples reach at least this somewhere, in LSB: fainter ones may be the same by chance where a codec has few
  /// steps.
  private static let loudLsb: UInt16 = 1000
}
