internal import CVectors

/// The features of one leg, about 12 kB for a second: everything that later passes need.
public struct LegTrack: Sendable {
  /// By frame.
  public internal(set) var frames: [FrameFeatures] = []
  /// By step of two frames: the step of a frame is its index halved.
  public internal(set) var steps: [StepFeatures] = []
}

extension LegTrack {
  /// The share of the power below 990 Hz in each chosen step; 0 in others.
  public func lowShares(where isChosen: [Bool]) -> [Float] {
    measured(where: isChosen) { bands, stride, chosen, shares in
      CVectors.lowShares(bands, stride: stride, where: chosen, count: isChosen.count, into: shares)
    }
  }

  /// A value for each step, from a function that writes those of the chosen ones; 0 in others.
  func measured(
    where isChosen: [Bool],
    _ measure: (UnsafePointer<Float>, Int, UnsafePointer<UInt8>, UnsafeMutablePointer<Float>) -> Void
  ) -> [Float] {
    var values = [Float](repeating: 0, count: isChosen.count)
    values.withUnsafeMutableBufferPointer { values in
      withSteps(where: isChosen) { bands, stride, chosen in
        if let base = values.baseAddress { measure(bands, stride, chosen, base) }
      }
    }
    return values
  }

  /// The bands of the first frame, how many floats further those of the next are, and whether each step is chosen.
  func withSteps(
    where isChosen: [Bool], _ body: (UnsafePointer<Float>, _ stride: Int, UnsafePointer<UInt8>) -> Void
  ) {
    precondition(2 * isChosen.count <= frames.count)
    isChosen.withUnsafeBytes { chosen in
      withBands { bands, stride in
        guard let chosen = chosen.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
        body(bands, stride, chosen)
      }
    }
  }

  /// The bands of the first frame, and how many floats further those of the next are.
  func withBands(_ body: (UnsafePointer<Float>, _ stride: Int) -> Void) {
    frames.withUnsafeBufferPointer { frames in
      guard let first = frames.baseAddress else { return }
      body(first.bands, UnsafePointer<FrameFeatures>.bandStride)
    }
  }
}
