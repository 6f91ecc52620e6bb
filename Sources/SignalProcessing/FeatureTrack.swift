/// The features of one leg, frame by frame: everything that later passes need, about 110 bytes for 10 ms.
///
/// A frame is one hop of 10 ms; arrays with several values a frame are flat. The features that need the long
/// window exist for every second frame: `step` of a frame is its index halved.
public struct LegTrack: Sendable {
  /// The number of bands of the short spectrum.
  public static let bandCount = 19
  /// The number of parts that a hop is cut into for `peaks` and `magnitudes`, 2.5 ms each.
  public static let partCount = 4

  /// Mean power over the hop; 1 is a full-scale square wave (0 dBov).
  public var power: [Float] = []
  /// The share of the hop's samples that differ from the one before, 0 to 255 for 0 to 1: below 2 % the line
  /// is digitally silent, whatever constant its codec repeats.
  public var change: [UInt8] = []
  /// Runs of three samples or more at the codec's ceiling that begin in the hop.
  public var clippedRuns: [UInt8] = []
  /// The largest magnitude in each part of the hop, in LSB.
  public var peaks: [UInt16] = []
  /// The mean magnitude in each part of the hop, in LSB.
  public var magnitudes: [Float] = []
  /// Power in each band of the 32 ms spectrum around the hop's centre; 1 is full scale.
  public var bands: [Float] = []

  /// Per step: the maximum of the normalised autocorrelation of the 64 ms window, 0 to 1.
  public var voicing: [Float] = []
  /// Per step: the frequency of that maximum in Hz, 57 to 444.
  public var pitch: [Float] = []
  /// Per step: the share of the power in 220 to 3420 Hz that the two strongest spectral lines hold, 0 to 1.
  public var lineShare: [Float] = []
  /// Per step: the centroid of the strongest line, in Hz.
  public var firstLine: [Float] = []
  /// Per step: the centroid of the second line, in Hz.
  public var secondLine: [Float] = []
  /// Per step: the power of the second line over that of the first, 0 to 1.
  public var lineRatio: [Float] = []
  /// Per step: the number of spectral peaks in 220 to 3420 Hz within 35 dB of the strongest.
  public var peakCount: [UInt8] = []
  /// Per step: how many of them stood in the same bin 60, 120 and 180 ms before.
  public var steadyPeakCount: [UInt8] = []

  init() {}

  mutating func removeFirst(frames: Int) {
    power.removeFirst(frames)
    change.removeFirst(frames)
    clippedRuns.removeFirst(frames)
    peaks.removeFirst(frames * Self.partCount)
    magnitudes.removeFirst(frames * Self.partCount)
    bands.removeFirst(frames * Self.bandCount)
    let steps = frames / 2
    voicing.removeFirst(steps)
    pitch.removeFirst(steps)
    lineShare.removeFirst(steps)
    firstLine.removeFirst(steps)
    secondLine.removeFirst(steps)
    lineRatio.removeFirst(steps)
    peakCount.removeFirst(steps)
    steadyPeakCount.removeFirst(steps)
  }
}

/// The features of a call or of a section of it: one or two legs side by side.
public struct FeatureTrack: Sendable {
  /// The step between frames, in seconds.
  public static let hop = 0.01

  /// One track a leg.
  public internal(set) var legs: [LegTrack]
  /// The number of whole frames.
  public internal(set) var frameCount = 0
  /// The index in the call of the first frame here; even.
  public internal(set) var firstFrame = 0

  init(legs: Int) {
    self.legs = Array(repeating: LegTrack(), count: legs)
  }

  /// The number of steps of two frames.
  public var stepCount: Int { frameCount / 2 }

  /// Forgets the first frames, an even number.
  public mutating func removeFirst(frames: Int) {
    precondition(frames % 2 == 0 && frames <= frameCount, "sections are cut between steps")
    for leg in legs.indices { legs[leg].removeFirst(frames: frames) }
    frameCount -= frames
    firstFrame += frames
  }
}
