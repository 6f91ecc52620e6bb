internal import CallModel
internal import SignalProcessing

/// Holes in speech: packets that never arrived.
struct Holes {
  private let parts: FrameParts
  private let smeared: SmearedLoss
  private let frameCount: Int
  /// How long holes are, in parts of 2.5 ms.
  private let lengths: ClosedRange<Int>

  private init(leg: LegTrack, count: Int, settings: LineSettings) {
    parts = FrameParts(of: leg, frameCount: count)
    smeared = SmearedLoss(parts: parts)
    frameCount = count
    lengths = ordered(
      FrameParts.count(milliseconds: settings.holeShortestMs),
      max(0, FrameParts.count(milliseconds: settings.holeLongestMs)))
  }

  /// The holes in and beside speech of the first `count` frames, in order of time: nothing but silence for a packet or a
  /// few, with sound on both sides.
  static func find(leg: LegTrack, count: Int, speech: [FrameRange], settings: LineSettings) -> [Hole] {
    let holes = Holes(leg: leg, count: count, settings: settings)
    // What begins in speech is visible from as far before and after as a hole or a packet is long.
    let margin = holes.lengths.upperBound / FrameFeatures.partCount + marginFrames
    let near = speech.map { max(0, $0.lowerBound - margin)..<min(count, $0.upperBound + margin) }
    return near.bridged(gap: 1).flatMap(holes.holes)
  }

  /// The holes in some frames.
  private func holes(in run: FrameRange) -> [Hole] {
    var result: [Hole] = []
    /// Where silence began, in parts.
    var start: Int?
    for frame in run {
      if start == nil, isSounding(frame) { continue }
      for part in FrameParts.parts(ofFrame: frame) {
        if parts.peak(part) <= Self.silenceLsb {
          start = start ?? part
          continue
        }
        if let hole = hole(from: start, to: part) { result.append(hole) }
        start = nil
      }
    }
    return result
  }

  /// Whether sound goes on in a frame, so that neither kind of hole begins or ends there: no part is silent, and none
  /// leaps up from the lowest.
  private func isSounding(_ frame: Int) -> Bool {
    let peaks = parts.peaks(ofFrame: frame)
    let before = frame > 0 ? parts.peaks(ofFrame: frame - 1)[FrameFeatures.partCount - 1] : 0
    let lowest = min(min(peaks[0], peaks[1]), min(peaks[2], peaks[3]))
    let highest = max(max(peaks[0], peaks[1]), max(peaks[2], peaks[3]))
    return lowest > Self.silenceLsb && SmearedLoss.leap * Float(min(before, lowest)) > Float(highest)
  }

  /// The hole that ends where sound returns, with silence from `start` on, if there was any.
  private func hole(from start: Int?, to end: Int) -> Hole? {
    if let start, start > 1, lengths.contains(end - start) {
      // The part next to the hole may be cut itself: the larger of the two beside it counts.
      let before = max(parts.peak(start - 1), parts.peak(start - 2))
      let after = max(parts.peak(end), end + 1 < parts.count ? parts.peak(end + 1) : 0)
      guard before >= Self.edgeLsb && after >= Self.edgeLsb else { return nil }
      return Hole(
        frame: start / FrameFeatures.partCount, length: Double(end - start) * FrameParts.lengthMs)
    }
    return smeared.start(before: end).map {
      Hole(frame: $0 / FrameFeatures.partCount, length: SmearedLoss.packetMs)
    }
  }

  /// A hole's samples stay within this, in LSB: A-law has 8 where other codecs have 0.
  private static let silenceLsb: UInt16 = 9
  /// The samples beside a hole reach at least this, in LSB: speech, not the noise of a pause.
  static let edgeLsb: UInt16 = 120
  /// So many frames beyond the longest hole are looked at: a smeared packet of 20 ms and what is beside it.
  private static let marginFrames = 3
}
