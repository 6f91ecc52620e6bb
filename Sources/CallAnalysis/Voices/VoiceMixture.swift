internal import RealModule

/// Points of speech segments as a mixture of voices: variational Bayes with Student-t segments around each voice,
/// in a space where one party varies by 1 (Bishop 2006, chapter 10; the heavy tails let odd segments be odd). How much
/// the parties of this call vary is learnt from the call: who reads varies less than who talks.
struct VoiceMixture {
  /// The lower bound of the logarithm of the evidence.
  private(set) var evidence = -Double.infinity
  /// The probability that a segment is a voice's, voice by voice.
  private(set) var shares: [[Double]]
  /// The voices' means.
  private(set) var means: [[Double]] = []
  /// The variance of a voice's segments in each axis, in that of the parties of the training.
  private var scale = Self.priorScale

  /// Degrees of freedom of a segment's deviation from its voice.
  private static let freedom = 4.0
  /// The scale expected before any segment is seen, and how many segments that expectation is worth.
  private static let priorScale = 0.5
  private static let priorScaleSegments = 10.0
  /// The prior variance of a voice in each axis: half the variance between the parties it was trained on.
  private static let prior = VoiceWeights.between.map { 0.5 * Double($0) }
  /// The exponent of the density of a segment: half of the freedom and the dimensions.
  private static let half = (freedom + Double(VoiceSpace.dimensions)) / 2
  /// The logarithm of the likelihood of a voice that may not own a segment.
  private static let forbidden = -1e9

  /// Fits voices to points.
  ///
  /// - Parameters:
  ///   - start: the shares to begin with; their number is the number of voices.
  ///   - allowed: where given, whether a voice may own a segment; each segment has two that may.
  ///   - stay: where given, the probability that a segment has the voice of the one before.
  init(
    _ points: Points, start: [[Double]], allowed: [[Bool]]? = nil, stay: [Double]? = nil, rounds: Int = 10
  ) {
    shares = start
    var tails = [Double](repeating: 1, count: points.values.count)
    for _ in 0..<rounds {
      let (spreads, divergence) = fitMeans(points, tails: tails)
      var scores = distances(points, spreads: spreads)
      let surprise = fitScale(scores, tails: &tails)
      turnIntoLogLikelihoods(&scores)
      let priors = logPriors(areRestricted: allowed != nil)
      let bound: Double
      if let stay {
        let chain = VoiceChain(scores, logPriors: priors, stay: stay)
        shares = chain.shares
        bound = chain.logLikelihood
      } else {
        bound = assign(scores, logPriors: priors, allowed: allowed)
      }
      evidence = bound - divergence / 2 - surprise
    }
  }

  /// Fits the mean of each voice to its segments, of which each counts by `tails`.
  ///
  /// - Returns: the uncertainty of each voice's mean, as the variance summed over the axes, and twice the divergence
  ///   of all means from their prior.
  private mutating func fitMeans(_ points: Points, tails: [Double]) -> (spreads: [Double], divergence: Double)
  {
    let dimensions = VoiceSpace.dimensions
    means = []
    var divergence = 0.0
    var spreads: [Double] = []
    for voice in shares.indices {
      var sum = [Double](repeating: 0, count: dimensions)
      var weight = 0.0
      for index in tails.indices {
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
          (sum[axis] * sum[axis] + 1 / precision) / Self.prior[axis] - 1 + .log(Self.prior[axis] * precision)
      }
      means.append(sum)
      spreads.append(spread)
    }
    return (spreads, divergence)
  }

  /// The expected squared distance of each segment from each voice, times the weight of the segment.
  private func distances(_ points: Points, spreads: [Double]) -> [[Double]] {
    shares.indices.map { voice in
      points.values.indices.map { index in
        var distance = spreads[voice]
        for axis in 0..<VoiceSpace.dimensions {
          let difference = points.values[index][axis] - means[voice][axis]
          distance += difference * difference
        }
        return points.weights[index] * distance
      }
    }
  }

  /// Fits how much each segment counts, and the scale of all.
  ///
  /// - Returns: the divergence of the scale from its prior.
  private mutating func fitScale(_ distances: [[Double]], tails: inout [Double]) -> Double {
    let dimensions = VoiceSpace.dimensions
    var scatter = 0.0
    for index in tails.indices {
      var expected = 0.0
      for voice in shares.indices { expected += shares[voice][index] * distances[voice][index] }
      tails[index] = 2 * Self.half / (Self.freedom + expected / scale)
      scatter += tails[index] * expected
    }
    let before = Self.priorScaleSegments * Double(dimensions)
    scale = (before * Self.priorScale + scatter) / (before + Double(tails.count * dimensions))
    return before / 2 * (Self.priorScale / scale - 1 + .log(scale / Self.priorScale))
  }

  /// Turns the distances of segments into logarithms of their Student-t densities.
  private func turnIntoLogLikelihoods(_ distances: inout [[Double]]) {
    let width = Double(VoiceSpace.dimensions) / 2 * .log(scale)
    for voice in distances.indices {
      for index in distances[voice].indices {
        distances[voice][index] =
          -Self.half * .log(1 + distances[voice][index] / (Self.freedom * scale)) - width
      }
    }
  }

  /// The logarithms of the voices' shares of all segments; where each segment has two voices that may own it, those
  /// of one half.
  private func logPriors(areRestricted: Bool) -> [Double] {
    let owned = shares.map { $0.reduce(1, +) }
    let total = owned.reduce(0, +)
    return owned.map { areRestricted ? .log(0.5) : .log($0 / total) }
  }

  /// Shares each segment among the voices, independently of its neighbours.
  ///
  /// - Returns: the logarithm of the probability of all segments.
  private mutating func assign(_ logLikelihoods: [[Double]], logPriors: [Double], allowed: [[Bool]]?)
    -> Double
  {
    var bound = 0.0
    for index in logLikelihoods[0].indices {
      let values = shares.indices.map { voice in
        allowed?[voice][index] == false
          ? Self.forbidden : logLikelihoods[voice][index] + logPriors[voice]
      }
      let highest = values.max() ?? 0
      let powers = values.map { Double.exp($0 - highest) }
      let sum = powers.reduce(0, +)
      for voice in shares.indices { shares[voice][index] = powers[voice] / sum }
      bound += highest + .log(sum)
    }
    return bound
  }
}

extension VoiceMixture {
  /// The best of some fits of two voices, begun from both sides of the medians of the first axes.
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

  /// The squared distance of two voices' means, in variances within a party.
  func separation(_ a: Int, _ b: Int) -> Double { squaredDistance(means[a], means[b]) }

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
}
