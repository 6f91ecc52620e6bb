internal import CVectors

/// The features of one leg, about 12 kB for a second: everything that later passes need.
public struct LegTrack: Sendable {
  /// By frame.
  public internal(set) var frames: [FrameFeatures] = []
  /// By step of two frames: the step of a frame is its index halved.
  public internal(set) var steps: [StepFeatures] = []
}

extension LegTrack {
  /// The share of a step's power below 990 Hz.
  public func lowShare(step: Int) -> Float {
    precondition(step >= 0 && 2 * step + 1 < frames.count)
    var low: Float = 0
    var whole: Float = 0
    withBands { bands, stride in
      let first = bands + stride * 2 * step
      sumTwoFrames(first, first + stride, low: &low, whole: &whole)
    }
    return low / (1e-12 + whole)
  }

  /// The bands of the first frame, and how many floats further those of the next are.
  func withBands(_ body: (UnsafePointer<Float>, _ stride: Int) -> Void) {
    frames.withUnsafeBufferPointer { frames in
      guard let first = frames.baseAddress else { return }
      body(first.bands, UnsafePointer<FrameFeatures>.bandStride)
    }
  }
}
