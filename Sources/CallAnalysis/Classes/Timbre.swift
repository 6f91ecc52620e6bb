internal import RealModule
internal import SignalProcessing

/// The mean and spread of the shape of spectra in dB, band by band.
struct Timbre {
  private(set) var count = 0
  private var sums = [Float](repeating: 0, count: FrameFeatures.bandCount)
  private var squares = [Float](repeating: 0, count: FrameFeatures.bandCount)

  /// The bands of a frame in dB less their mean.
  static func shape(_ frame: FrameFeatures) -> [Float] {
    var shape = (0..<FrameFeatures.bandCount).map { decibels(frame.bands[$0] + 1e-10) }
    let mean = shape.reduce(0, +) / Float(shape.count)
    for band in shape.indices { shape[band] = min(max(shape[band] - mean, -30), 30) }
    return shape
  }

  mutating func add(_ shape: [Float]) {
    count += 1
    for band in shape.indices {
      sums[band] += shape[band]
      squares[band] += shape[band] * shape[band]
    }
  }

  /// The mean logarithm of the likelihood over bands, as of normal distributions.
  func logLikelihood(_ shape: [Float]) -> Float {
    var sum: Float = 0
    for band in shape.indices {
      let mean = sums[band] / Float(count)
      let variance = max(0, squares[band] / Float(count) - mean * mean) + 4
      sum -= ((shape[band] - mean) * (shape[band] - mean) / variance + .log(variance)) / 2
    }
    return sum / Float(shape.count)
  }
}
