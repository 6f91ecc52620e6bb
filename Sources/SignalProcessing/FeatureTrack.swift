internal import CVectors

/// What is measured of one leg in one hop of 10 ms.
public struct FrameFeatures: Sendable {
  /// The number of bands of the short spectrum, 125 to 3800 Hz on the mel scale.
  public static let bandCount = 19
  /// The number of parts that a hop is cut into for `peaks` and `magnitudes`, 2.5 ms each.
  public static let partCount = 4

  /// Mean power over the hop; 1 is a full-scale square wave (0 dBov).
  public var power: Float = 0
  /// The share of the hop's samples that differ from the one before, 0 to 255 for 0 to 1: below 2 % the line
  /// is digitally silent, whatever constant its codec repeats.
  public var change: UInt8 = 0
  /// Runs of three samples or more at the codec's ceiling that begin in the hop.
  public var clippedRuns: UInt8 = 0
  /// The largest magnitude in each part of the hop, in LSB.
  public var peaks = SIMD4<UInt16>()
  /// The mean magnitude in each part of the hop, in halves of an LSB.
  public var magnitudes = SIMD4<UInt16>()
  /// Power in each band of the 32 ms spectrum around the hop's centre; 1 is full scale.
  public var bands = InlineArray<19, Float>(repeating: 0)

  /// The mean magnitude of a part, in LSB.
  public func magnitude(part: Int) -> Float { Float(magnitudes[part]) / 2 }
}

/// What is measured of one leg in the 64 ms around the middle of two frames.
public struct StepFeatures: Sendable {
  /// The maximum of the normalised autocorrelation, 0 to 1.
  public var voicing: Float = 0
  /// The frequency of that maximum in Hz, 57 to 444; 0 where there is none.
  public var pitch: Float = 0
  /// The share of the power in 220 to 3420 Hz that the two strongest spectral lines hold, 0 to 1.
  public var lineShare: Float = 0
  /// The centroid of the strongest line, in Hz.
  public var firstLine: Float = 0
  /// The centroid of the second line, in Hz.
  public var secondLine: Float = 0
  /// The power of the second line over that of the first, 0 to 1.
  public var lineRatio: Float = 0
  /// The number of spectral peaks in 220 to 3420 Hz within 35 dB of the strongest.
  public var peakCount: UInt8 = 0
  /// How many of them stood in the same bin 60, 120 and 180 ms before.
  public var steadyPeakCount: UInt8 = 0
}

/// The features of one leg, about 12 kB for a second: everything that later passes need.
public struct LegTrack: Sendable {
  /// By frame.
  public internal(set) var frames: [FrameFeatures] = []
  /// By step of two frames: the step of a frame is its index halved.
  public internal(set) var steps: [StepFeatures] = []
}

extension LegTrack {
  /// The mean over bands of the root of power over noise in the first `count` frames, in dB. Roots let many bands
  /// speak; of powers, one band that whistles would drown the rest.
  ///
  /// - Parameters:
  ///   - noise: by band; 1 is full scale.
  ///   - leak: another leg that is heard here.
  public func whitenedRatio(over noise: [Float], leak: LeakedPower?, count: Int) -> [Float] {
    precondition(noise.count == FrameFeatures.bandCount && count <= frames.count)
    var ratio = [Float](repeating: 0, count: count)
    ratio.withUnsafeMutableBufferPointer { ratio in
      withBands { bands, stride in
        func measure(_ frames: Range<Int>, _ others: UnsafePointer<Float>?, _ gains: [Float]?) {
          guard let means = ratio.baseAddress, !frames.isEmpty else { return }
          mean_roots(
            bands + stride * frames.lowerBound, others.map { $0 + stride * frames.lowerBound }, stride, noise,
            gains, frames.count, means + frames.lowerBound)
        }
        guard let leak else { return measure(0..<count, nil, nil) }
        let first = min(count, max(0, leak.lag))
        let heard = first..<max(first, min(count, leak.source.frames.count + leak.lag))
        measure(0..<heard.lowerBound, nil, nil)
        leak.source.withBands { others, _ in
          for second in Swift.stride(from: heard.lowerBound, to: heard.upperBound, by: 100) {
            measure(
              second..<min(second + 100, heard.upperBound), others - stride * leak.lag,
              leak.gains(atFrame: second))
          }
        }
        measure(heard.upperBound..<count, nil, nil)
      }
    }
    toDecibels(&ratio, times: 2)
    return ratio
  }

  /// Counts the powers in each band of blocks of `width` frames, one after the other, where all of their frames are
  /// taken.
  public func countBands(blocks width: Int, where taken: [Bool]) -> BandCounts {
    precondition(width > 0 && taken.count <= frames.count)
    var result = BandCounts()
    taken.withUnsafeBytes { taken in
      withBands { bands, stride in
        guard let base = taken.baseAddress, !frames.isEmpty else { return }
        result.blocks = count_bands(
          bands, stride, width, base.assumingMemoryBound(to: UInt8.self), taken.count, &result.counts,
          BandCounts.row)
      }
    }
    return result
  }

  /// The share of a step's power below 990 Hz.
  public func lowShare(step: Int) -> Float {
    precondition(step >= 0 && 2 * step + 1 < frames.count)
    var low: Float = 0
    var whole: Float = 0
    withBands { bands, stride in
      let first = bands + stride * 2 * step
      band_sums(first, first + stride, &low, &whole)
    }
    return low / (1e-12 + whole)
  }

  /// The bands of the first frame, and how many floats further those of the next are.
  fileprivate func withBands(_ body: (UnsafePointer<Float>, _ stride: Int) -> Void) {
    frames.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress, let offset = MemoryLayout<FrameFeatures>.offset(of: \.bands)
      else { return }
      body((base + offset).assumingMemoryBound(to: Float.self), MemoryLayout<FrameFeatures>.stride / 4)
    }
  }
}

/// How the spectra of two legs go together: the correlation of bands in dB, each about its own mean, over some frames.
public struct BandCorrelation: Sendable {
  /// The number of frames.
  public private(set) var count = 0
  private var sums = [Float](repeating: 0, count: 5 * 24)

  /// A correlation of no frames.
  public init() {}

  /// Adds some frames of a leg with those `lag` frames later of another; both legs have them.
  public mutating func add(_ leg: LegTrack, _ other: LegTrack, lag: Int, at places: [Int]) {
    precondition(
      places.allSatisfy { leg.frames.indices.contains($0) && other.frames.indices.contains($0 + lag) })
    leg.withBands { xs, stride in
      other.withBands { ys, _ in correlate_bands(xs, ys, stride, places, places.count, lag, &sums) }
    }
    count += places.count
  }

  /// From -1 to 1; 0 where either stands still.
  public var value: Float {
    let count = Float(count)
    var (vx, vy, vxy): (Float, Float, Float) = (0, 0, 0)
    // The third vector begins with five bands of the second.
    for band in Array(0..<16) + Array(21..<24) {
      let (x, y) = (sums[band], sums[24 + band])
      vx += sums[48 + band] - x * x / count
      vy += sums[72 + band] - y * y / count
      vxy += sums[96 + band] - x * y / count
    }
    return vx > 0 && vy > 0 ? vxy / (vx * vy).squareRoot() : 0
  }
}

/// How many blocks of frames have a power, band by band, in 16 even steps an octave.
public struct BandCounts: Sendable {
  /// The number of blocks.
  public internal(set) var blocks = 0
  /// Band by band; a power of two between bands would have them share places in the processor's cache.
  var counts = [Int32](repeating: 0, count: FrameFeatures.bandCount * row)
  static let row = steps + 16
  /// From 2^-55 to 2^9: the top bits of a float are its logarithm.
  private static let steps = 1 << 10

  /// The power, summed over a block, below which `rank` blocks have a band; nil where there are no more.
  public func power(band: Int, rank: Int32) -> Float? {
    var seen: Int32 = 0
    for step in 0..<Self.steps {
      seen += counts[band * Self.row + step]
      if seen > rank { return Float(bitPattern: UInt32(step + (72 << 4)) << 19 | 1 << 18) }
    }
    return nil
  }
}

/// The features of a call or of a section of it: one or two legs side by side.
public struct FeatureTrack: Sendable {
  /// The step between frames, in seconds.
  public static let hop = 0.01

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
      legs[leg].steps.reserveCapacity(frames / 2)
    }
  }

  /// Forgets the first frames, an even number.
  public mutating func removeFirst(frames: Int) {
    precondition(frames % 2 == 0 && frames <= frameCount, "sections are cut between steps")
    for leg in legs.indices {
      legs[leg].frames.removeFirst(frames)
      legs[leg].steps.removeFirst(frames / 2)
    }
    firstFrame += frames
  }
}
