internal import RealModule

/// Voices that follow one another as a Markov chain, by the forward-backward algorithm (Rabiner 1989, A tutorial on
/// hidden Markov models): a segment that touches the one before has most often the same voice.
struct VoiceChain {
  /// The probability that a segment is a voice's, voice by voice.
  private(set) var shares: [[Double]]
  /// The logarithm of the probability of all segments.
  private(set) var logLikelihood = 0.0

  /// The likelihood of each segment, voice by voice, in that of its likeliest voice.
  private var likelihoods: [[Double]]
  /// What the forward probabilities of each segment were divided by.
  private var scales: [Double]
  /// The probability that a segment has the voice of the one before.
  private let stay: [Double]

  /// Shares segments among voices.
  ///
  /// - Parameters:
  ///   - logLikelihoods: the logarithm of the likelihood of each segment, voice by voice.
  ///   - logPriors: the logarithm of the probability of each voice for the first segment.
  ///   - stay: the probability that a segment has the voice of the one before.
  init(_ logLikelihoods: [[Double]], logPriors: [Double], stay: [Double]) {
    shares = logLikelihoods
    likelihoods = logLikelihoods
    scales = [Double](repeating: 1, count: stay.count)
    self.stay = stay
    passForward(logPriors: logPriors)
    passBackward()
  }

  /// Each segment from those before it.
  private mutating func passForward(logPriors: [Double]) {
    for index in scales.indices {
      let highest = likelihoods.map { $0[index] }.max() ?? 0
      let before =
        index == 0
        ? logPriors.map { Double.exp($0) } : moved(shares.map { $0[index - 1] }, into: index)
      for voice in shares.indices {
        likelihoods[voice][index] = .exp(likelihoods[voice][index] - highest)
        shares[voice][index] = before[voice] * likelihoods[voice][index]
      }
      scales[index] = shares.reduce(0) { $0 + $1[index] }
      for voice in shares.indices { shares[voice][index] /= scales[index] }
      logLikelihood += highest + .log(scales[index])
    }
  }

  /// Each segment from those after it as well.
  private mutating func passBackward() {
    var backward = [Double](repeating: 1, count: shares.count)
    for index in scales.indices.reversed() {
      if index + 1 < scales.count {
        let ahead = shares.indices.map { backward[$0] * likelihoods[$0][index + 1] / scales[index + 1] }
        backward = moved(ahead, into: index + 1)
      }
      for voice in shares.indices { shares[voice][index] *= backward[voice] }
    }
  }

  /// The probabilities of the voices after the step into a segment, from those before it, or the other way round.
  private func moved(_ values: [Double], into index: Int) -> [Double] {
    let sum = values.reduce(0, +)
    let others = Double(max(1, values.count - 1))
    return values.map { stay[index] * $0 + (1 - stay[index]) * (sum - $0) / others }
  }
}
