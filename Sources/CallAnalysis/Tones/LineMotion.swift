/// How far a spectral line moves over some steps.
struct LineMotion {
  /// Its standard deviation, in Hz.
  private(set) var deviation: Float
  /// How far the mean of its last third lies from that of its first, in Hz.
  private(set) var drift: Float

  /// The motion of a line with these frequencies in Hz, step by step; there is at least one.
  init(of values: [Float]) {
    let mean = values.reduce(0, +) / Float(values.count)
    deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(values.count)).squareRoot()
    let third = max(1, values.count / 3)
    drift = abs(values.prefix(third).reduce(0, +) - values.suffix(third).reduce(0, +)) / Float(third)
  }

  /// The larger motion of two lines.
  func and(_ other: LineMotion) -> LineMotion {
    var both = self
    both.deviation = max(deviation, other.deviation)
    both.drift = max(drift, other.drift)
    return both
  }

  /// Whether both measures stay below limits in Hz, times a scale.
  func isWithin(deviation limit: Float, drift driftLimit: Float, scale: Float) -> Bool {
    deviation < limit * scale && drift < driftLimit * scale
  }
}
