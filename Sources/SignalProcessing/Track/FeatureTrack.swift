internal import CallModel

/// The features of a call or of a section of it: one or two legs side by side.
public struct FeatureTrack: Sendable {
  /// One track a leg.
  public internal(set) var legs: [LegTrack]
  /// The number of whole frames.
  public var frameCount: Int { legs[0].frames.count }
  /// The index in the call of the first frame here; even.
  public internal(set) var firstFrame = 0

  init(legs: Int) {
    self.legs = Array(repeating: LegTrack(), count: legs)
  }

  /// Makes room for so many frames; pages of it cost memory only once they are filled.
  public mutating func reserve(frames: Int) {
    for leg in legs.indices {
      legs[leg].frames.reserveCapacity(frames)
      legs[leg].steps.reserveCapacity(frames / Frames.perStep)
    }
  }

  /// Forgets the first frames, an even number.
  public mutating func removeFirst(frames: Int) {
    precondition(frames % Frames.perStep == 0 && frames <= frameCount, "sections are cut between steps")
    for leg in legs.indices {
      legs[leg].frames.removeFirst(frames)
      legs[leg].steps.removeFirst(frames / Frames.perStep)
    }
    firstFrame += frames
  }
}
