internal import CallModel
internal import SignalProcessing

/// The quarters of frames, 2.5 ms each, by which faults of a line are measured.
struct FrameParts {
  /// In ms.
  static let lengthMs = Frames.hopMs / Double(FrameFeatures.partCount)

  private let frames: [FrameFeatures]
  /// The number of parts.
  let count: Int

  /// The parts of the first `frameCount` frames of a leg.
  init(of leg: LegTrack, frameCount: Int) {
    frames = leg.frames
    count = frameCount * FrameFeatures.partCount
  }

  /// The largest magnitude in a part, in LSB.
  func peak(_ part: Int) -> UInt16 {
    frames[part / FrameFeatures.partCount].peaks[part % FrameFeatures.partCount]
  }

  /// The largest magnitudes in the parts of a frame, in LSB.
  func peaks(ofFrame frame: Int) -> SIMD4<UInt16> { frames[frame].peaks }

  /// The parts of a frame.
  static func parts(ofFrame frame: Int) -> Range<Int> {
    frame * FrameFeatures.partCount..<(frame + 1) * FrameFeatures.partCount
  }

  /// Milliseconds as whole parts, rounded half away from zero.
  static func count(milliseconds: Double) -> Int { Int((milliseconds / lengthMs).rounded()) }
}
