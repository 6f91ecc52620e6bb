internal import SignalProcessing

/// Points of speech segments as a mixture of voices: variational Bayes with Student-t segments around each voice,
/// in a space where one party varies by 1 (Bishop 2006, chapter 10; the heavy tails let odd segments be odd). How much
/// the parties of this call vary is learnt from the call: who reads varies less than who talks.
struct VoiceMixture {
  /// The lower bound of the logarithm of the evidence.
  var evidence = -Double.infinity
  /// The probability that a segment is a voice's, voice by voice.
  var shares: [[Double]]
  /// The voices' means.
  var means: [[Double]] = []
  /// The variance of a voice's segments in each axis, in that of the parties of the training.
  var scale = Self.usualScale

  /// What is fitted.
  struct Points {
    /// The segments' points, centred.
    var values: [[Double]]
    /// How much each segment tells, 0 to 1.
    var weights: [Double]
    /// The mean of the points before they were centred.
    var mean: [Double]

    /// Shares to begin a fit with: of two halves of some points, the upper one along an axis, for all points.
    func upperHalf(along axis: Int, of some: [Int]) -> [Double] {
      let middle = some.map { values[$0][axis] }.sorted()[some.count / 2]
      return values.map { $0[axis] > middle ? 0.95 : 0.05 }
    }

    /// Some of the points, centred anew.
    func only(_ some: [Int]) -> Points {
      guard some.count < values.count else { return self }
      var points = Points(values: some.map { values[$0] }, weights: some.map { weights[$0] }, mean: mean)
      points.centre()
      return points
    }

    /// Moves the points so that their mean is 0, and `mean` with them.
    mutating func centre() {
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

    /// A point less the mean.
    func centred(_ point: [Float16]) -> [Double] { zip(point, mean).map { Double($0) - $1 } }
  }

  /// Degrees of freedom of a segment's deviation from its voice.
  private static let freedom = 4.0
  /// The scale expected before anything is heard, and how many segments that is worth.
  private static let usualScale = 0.5
  private static let scaleSegments = 10.0
  /// The prior variance of a voice in each axis: half the variance between the parties it was trained on.
  private static let prior = VoiceWeights.between.map { 0.5 * Double($0) }

  /// Fits voices to points.
  ///
  /// - Parameters:
  ///   - start: the shares to begin with; their number is the number of voices.
  ///   - allowed: where given, whether a voice may own a segment; each segment has two that may.
  ///   - stay: where given, the probability that a segment has the voice of the one before.
  init(_ points: Points, start: [[Double]], allowed: [[Bool]]? = nil, stay: [Double]? = nil, rounds: Int = 10)
  {
    shares = start
    let count = points.values.count
    let dimensions = VoiceSpace.dimensions
    let voices = start.count
    let half = (Self.freedom + Double(dimensions)) / 2
    var tails = [Double](repeating: 1, count: count)
    for _ in 0..<rounds {
      means = []
      var divergence = 0.0
      var spreads: [Double] = []
      for voice in 0..<voices {
        var sum = [Double](repeating: 0, count: dimensions)
        var weight = 0.0
        for index in 0..<count {
          let share = shares[voice][index] * points.weights[index] * tails[index] / scale
          weight += share
          for axis in 0..<dimensions { sum[axis] += share * points.values[index][axis] }
        }
        var spread = 0.0
        for axis in 0..<dimensions {
          let precision = 1 / Self.prior[axis] + weight
          sum[axis] /= precision
          spread += 1 / precision
          divergence +=
            (sum[axis] * sum[axis] + 1 / precision) / Self.prior[axis] - 1
            + naturalLogarithm(Self.prior[axis] * precision)
        }
        means.append(sum)
        spreads.append(spread)
      }
      var scores = [[Double]](repeating: [Double](repeating: 0, count: count), count: voices)
      var scatter = 0.0
      for index in 0..<count {
        var expected = 0.0
        for voice in 0..<voices {
          var distance = spreads[voice]
          for axis in 0..<dimensions {
            let difference = points.values[index][axis] - means[voice][axis]
            distance += difference * difference
          }
          scores[voice][index] = points.weights[index] * distance
          expected += shares[voice][index] * scores[voice][index]
        }
        tails[index] = 2 * half / (Self.freedom + expected / scale)
        scatter += tails[index] * expected
      }
      let before = Self.scaleSegments * Double(dimensions)
      scale = (before * Self.usualScale + scatter) / (before + Double(count * dimensions))
      let width = Double(dimensions) / 2 * naturalLogarithm(scale)
      for voice in 0..<voices {
        for index in 0..<count {
          scores[voice][index] =
            -half * naturalLogarithm(1 + scores[voice][index] / (Self.freedom * scale)) - width
        }
      }
      let owned = shares.map { $0.reduce(1, +) }
      let total = owned.reduce(0, +)
      let logarithms = owned.map { allowed == nil ? naturalLogarithm($0 / total) : naturalLogarithm(0.5) }
      var bound = 0.0
      if let stay {
        bound = smooth(scores, logarithms: logarithms, stay: stay)
      } else {
        for index in 0..<count {
          let values = (0..<voices).map { voice in
            allowed?[voice][index] == false ? -1e9 : scores[voice][index] + logarithms[voice]
          }
          let most = values.max() ?? 0
          let powers = values.map { exponential($0 - most) }
          let sum = powers.reduce(0, +)
          for voice in 0..<voices { shares[voice][index] = powers[voice] / sum }
          bound += most + naturalLogarithm(sum)
        }
      }
      let surprise = Self.usualScale / scale - 1 + naturalLogarithm(scale / Self.usualScale)
      evidence = bound - divergence / 2 - before / 2 * surprise
    }
  }

  /// The shares where voices follow one another as a chain, forward and backward; returns the logarithm of the
  /// probability of all segments.
  private mutating func smooth(_ scores: [[Double]], logarithms: [Double], stay: [Double]) -> Double {
    let count = scores[0].count
    let voices = scores.count
    var bound = 0.0
    var likelihoods = scores
    var forward = scores
    var scales = [Double](repeating: 1, count: count)
    func next(_ values: [Double], _ index: Int) -> [Double] {
      let sum = values.reduce(0, +)
      return values.map { stay[index] * $0 + (1 - stay[index]) * (sum - $0) / Double(max(1, voices - 1)) }
    }
    for index in 0..<count {
      let most = (0..<voices).map { scores[$0][index] }.max() ?? 0
      let before =
        index == 0 ? logarithms.map(exponential) : next((0..<voices).map { forward[$0][index - 1] }, index)
      for voice in 0..<voices {
        likelihoods[voice][index] = exponential(scores[voice][index] - most)
        forward[voice][index] = before[voice] * likelihoods[voice][index]
      }
      scales[index] = (0..<voices).reduce(0) { $0 + forward[$1][index] }
      for voice in 0..<voices { forward[voice][index] /= scales[index] }
      bound += most + naturalLogarithm(scales[index])
    }
    var backward = [Double](repeating: 1, count: voices)
    for index in stride(from: count - 1, through: 0, by: -1) {
      if index < count - 1 {
        let ahead = (0..<voices).map { backward[$0] * likelihoods[$0][index + 1] / scales[index + 1] }
        backward = next(ahead, index + 1)
      }
      for voice in 0..<voices { shares[voice][index] = forward[voice][index] * backward[voice] }
    }
    return bound
  }

  /// The best of some fits of two voices, begun from signs about the medians of the first axes.
  static func pair(_ points: Points, starts: Int = 4, rounds: Int = 10) -> VoiceMixture {
    let fits = (0..<starts).map { axis in
      let second = points.upperHalf(along: axis, of: Array(points.values.indices))
      return VoiceMixture(points, start: [second.map { 1 - $0 }, second], rounds: rounds)
    }
    return fits.max { $0.evidence < $1.evidence } ?? fits[0]
  }

  /// The likeliest voice of each point.
  var labels: [Int] {
    shares[0].indices.map { index in
      shares.indices.max { shares[$0][index] < shares[$1][index] } ?? 0
    }
  }

  /// The voice whose mean is nearest to a point.
  func nearest(_ point: [Double]) -> Int? {
    means.indices.min { squaredDistance(point, means[$0]) < squaredDistance(point, means[$1]) }
  }

  /// The variance that the voices explain: the squared distances of their means by their shares of the talk.
  func spread(_ points: Points) -> Double {
    let talk = shares.map { zip($0, points.weights).reduce(0) { $0 + $1.0 * $1.1 } }
    let total = points.weights.reduce(0, +)
    var sum = 0.0
    for voice in means.indices {
      for other in 0..<voice { sum += separation(voice, other) * talk[voice] * talk[other] / (total * total) }
    }
    return sum
  }

  /// The squared distance of the first two voices in the variance of their segments, both along the line of their
  /// means: 4 for one voice cut in half.
  func contrast(_ points: Points) -> Double {
    let line = zip(means[1], means[0]).map { $0 - $1 }
    let length = (separation(0, 1) + 1e-9).squareRoot()
    let places = points.values.map { zip($0, line).reduce(0) { $0 + $1.0 * $1.1 } / length }
    var middles: [Double] = []
    var scatter = 0.0
    for voice in 0..<2 {
      let talk = zip(shares[voice], points.weights).map { $0 * $1 }
      let middle = zip(talk, places).reduce(0) { $0 + $1.0 * $1.1 } / (talk.reduce(0, +) + 1e-9)
      scatter += zip(talk, places).reduce(0) { $0 + $1.0 * ($1.1 - middle) * ($1.1 - middle) }
      middles.append(middle)
    }
    let distance = middles[1] - middles[0]
    return distance * distance / (scatter / points.weights.reduce(0, +) + 0.05)
  }

  /// The squared distance of two voices' means, in variances within a party.
  func separation(_ a: Int, _ b: Int) -> Double { squaredDistance(means[a], means[b]) }
}

/// The squared distance of two points.
func squaredDistance(_ a: [Double], _ b: [Double]) -> Double {
  var sum = 0.0
  for axis in a.indices { sum += (a[axis] - b[axis]) * (a[axis] - b[axis]) }
  return sum
}

/// The natural logarithm.
func naturalLogarithm(_ x: Double) -> Double { 2.302585093 * logarithm10(x) }

/// The inverse hyperbolic sine: a logarithm with a sign.
func inverseHyperbolicSine(_ x: Double) -> Double {
  let size = abs(x)
  let value = naturalLogarithm(size + (size * size + 1).squareRoot())
  return x < 0 ? -value : value
}
