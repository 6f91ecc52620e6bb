extension VoiceMixture {
  /// Points of the voice space that a mixture is fitted to, centred.
  struct Points {
    /// With so many frames a segment's chance variation equals that between segments of one party (our
    /// measurement; the same in `scripts/make-voice-weights`).
    private static let noiseFrames = 60.0

    /// The points, less their mean.
    private(set) var values: [[Double]] = []
    /// The weight of each point, 0 to 1.
    private(set) var weights: [Double] = []
    /// The mean of the points before they were centred.
    private(set) var mean: [Double]

    /// Some points with their weights.
    init(_ values: [[Double]], weights: [Double]) {
      self.values = values
      self.weights = weights
      mean = [Double](repeating: 0, count: VoiceSpace.dimensions)
      centre()
    }

    /// The points of segments: the more frames describe a segment, the larger is its weight.
    init(_ segments: [VoiceSegment]) {
      self.init(
        segments.map { $0.point.map(Double.init) },
        weights: segments.map { Double($0.strong) / (Double($0.strong) + Self.noiseFrames) })
    }

    /// A range of the points, as they are.
    subscript(range: Range<Int>) -> Points {
      var points = self
      points.values = Array(values[range])
      points.weights = Array(weights[range])
      return points
    }

    /// Some of the points, centred anew.
    func only(_ some: [Int]) -> Points {
      guard some.count < values.count else { return self }
      var points = self
      points.values = some.map { values[$0] }
      points.weights = some.map { weights[$0] }
      points.centre()
      return points
    }

    /// Shares to begin a fit with: of two halves of some points, the upper one along an axis, for all points.
    func upperHalf(along axis: Int, of some: [Int]) -> [Double] {
      let middle = some.map { values[$0][axis] }.sorted()[some.count / 2]
      return values.map { $0[axis] > middle ? 0.95 : 0.05 }
    }

    /// A point of the voice space less the mean.
    func centred(_ point: [Float16]) -> [Double] { zip(point, mean).map { Double($0) - $1 } }

    /// Moves the points so that their mean is 0, and `mean` with them.
    private mutating func centre() {
      let total = weights.reduce(0, +)
      var middle = [Double](repeating: 0, count: mean.count)
      for (value, weight) in zip(values, weights) {
        for axis in middle.indices { middle[axis] += value[axis] * weight / total }
      }
      for index in values.indices {
        for axis in middle.indices { values[index][axis] -= middle[axis] }
      }
      for axis in middle.indices { mean[axis] += middle[axis] }
    }
  }
}

/// The squared distance of two points.
func squaredDistance(_ a: [Double], _ b: [Double]) -> Double {
  var sum = 0.0
  for axis in a.indices { sum += (a[axis] - b[axis]) * (a[axis] - b[axis]) }
  return sum
}
