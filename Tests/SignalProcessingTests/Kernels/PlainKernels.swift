import Foundation

/// The kernels of CVectors as plain loops: slow, and easy to read.
enum Plain {
  /// Mean power, change of 0 to 255, and in each quarter the largest and twice the mean magnitude of the samples behind
  /// the first one.
  static func hop(_ samples: [Float]) -> (power: Float, change: Int, peaks: [Float], magnitudes: [Float]) {
    let inside = Array(samples.dropFirst())
    let count = inside.count
    let quarters = (0..<4).map { inside[count * $0 / 4..<count * ($0 + 1) / 4].map(abs) }
    return (
      inside.reduce(0) { $0 + $1 * $1 } / Float(count) / 32768 / 32768,
      255 * zip(inside, samples).count { $0 != $1 } / count, quarters.map { $0.max() ?? 0 },
      quarters.map { (2 * $0.reduce(0, +) / Float($0.count) + 0.5).rounded(.down) }
    )
  }

  /// Four times the power at a bin of the two windows that are the real and the imaginary part of a transform's input.
  static func pairPower(_ spectrum: [Float], count: Int, bin: Int) -> (Float, Float) {
    let (here, there) = (2 * bin, 2 * (count - bin))
    // The even part of the real parts and the odd part of the imaginary ones are the first window's.
    let one = (spectrum[here] + spectrum[there], spectrum[here + 1] - spectrum[there + 1])
    let other = (spectrum[here + 1] + spectrum[there + 1], spectrum[here] - spectrum[there])
    return (one.0 * one.0 + one.1 * one.1, other.0 * other.0 + other.1 * other.1)
  }

  /// The running floor of nineteen bands: the mean root of the ratio to it, the smallest ratio, and how it goes on.
  static func compareWithFloor(
    _ first: [Float], _ second: [Float], lowest: Float, earlier: [Float], latest: inout [Float],
    minimum: inout [Float]
  ) -> [Float] {
    var roots: Float = 0
    var smallest = Float.infinity
    for band in 0..<19 {
      let mean = max(lowest, (first[band] + second[band]) / 2)
      let ratio = mean / min(earlier[band], minimum[band])
      roots += ratio.squareRoot()
      smallest = min(smallest, ratio)
      minimum[band] = min(minimum[band], (mean + latest[band]) / 2)
      latest[band] = mean
    }
    return [roots / 19, smallest]
  }

  /// The strongest line: power of all bins, of the highest, of the line, its centroid, and the highest bin.
  static func line(_ power: [Float], _ bins: Range<Int>, reach: Int) -> [Float] {
    var bin = bins.lowerBound
    for candidate in bins where power[candidate] > power[bin] { bin = candidate }
    let around = bin - reach...bin + reach
    let sum = around.reduce(0) { $0 + power[$1] }
    let moment = around.reduce(0) { $0 + power[$1] * Float($1) }
    return [power[bins].reduce(0, +), power[bin], sum, moment / sum, Float(bin)]
  }

  /// The bins of local maxima above a threshold.
  static func peaks(_ power: [Float], _ bins: Range<Int>, above threshold: Float) -> [Int] {
    bins.filter { power[$0] > threshold && power[$0] > power[$0 - 1] && power[$0] >= power[$0 + 1] }
  }

  /// A value of the transform of a real and even sequence, from its first half and the point in the middle.
  static func evenTransform(_ half: [Float], at index: Int) -> Float {
    let turn = Double.pi * Double(index) / Double(half.count - 1)
    let inside = (1..<half.count - 1).reduce(0) { $0 + 2 * Double(half[$1]) * cos(turn * Double($1)) }
    return Float(Double(half[0]) + inside + Double(half[half.count - 1]) * cos(.pi * Double(index)))
  }

  /// Where a line carries anything, frame by frame, from the peaks and the changes of frames.
  static func live(peaks: [[UInt16]], changes: [UInt8], minimum: UInt8, highest: UInt16, fraction: UInt16)
    -> [Bool]
  {
    peaks.indices.map { frame in
      guard frame > 0, changes[frame] >= minimum else { return changes[frame] >= minimum }
      let both = peaks[frame - 1] + peaks[frame]
      let (most, least) = (both.max()!, both.min()!)
      return most > highest || most - least > max(1, most / fraction)
    }
  }

  /// The local maxima of every second value from `slot` on, lag by lag; 0 between them.
  static func lagMaxima(_ values: [Float], _ slot: Int, _ lags: Range<Int>) -> [Float] {
    lags.map { lag in
      let value = values[2 * lag + slot]
      let isMaximum = value >= values[2 * lag + slot - 2] && value >= values[2 * lag + slot + 2]
      return isMaximum ? value : 0
    }
  }

  /// The mean over bands of the root of power over noise.
  static func meanRoot(_ bands: [Float], noise: [Float]) -> Float {
    zip(bands, noise).reduce(0) { $0 + ($1.0 / $1.1).squareRoot() } / Float(bands.count)
  }

  /// The step of each value, by `steps` steps of 1 / `scale` from -`offset` on.
  static func steps(_ values: [Float], offset: Float, scale: Float, steps: Int) -> [Int] {
    values.map { Int(max(0, min(Float(steps - 1), ($0 + offset) * scale))) }
  }
}
