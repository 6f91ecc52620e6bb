internal import SignalProcessing

/// How many spectral peaks a leg has, step by step, and how many of them stand still, as partials of music do.
struct SteadyPeaks {
  private let all: RunningSum
  private let steady: RunningSum

  /// The peaks of the steps of a leg where it sounds.
  init(of leg: LegTrack, sounds: [Bool]) {
    let steps = leg.steps
    all = RunningSum(sounds.count) { sounds[$0] ? Float(steps[$0].peakCount) : 0 }
    steady = RunningSum(sounds.count) { step in
      guard sounds[step] else { return 0 }
      let count = Float(steps[step].peakCount)
      let density = count / Self.places
      return Float(steps[step].steadyPeakCount) - count * density * density * density
    }
  }

  /// The number of steps.
  var count: Int { all.count }

  /// The share of the peaks of some steps that stood in the same bin 60, 120 and 180 ms before, beyond chance; 0 to 1.
  func share(_ steps: Range<Int>) -> Float { max(0, steady.sum(steps)) / max(1, all.sum(steps)) }

  /// The same of steps that lie apart.
  func share(_ steps: [Int]) -> Float {
    let sums = steps.reduce(into: (steady: Float(0), all: Float(0))) { sums, step in
      sums.steady += steady.sum(step..<step + 1)
      sums.all += all.sum(step..<step + 1)
    }
    return max(0, sums.steady) / max(1, sums.all)
  }

  /// The share in all steps but those of some runs.
  func share(beside runs: [Range<Int>]) -> Float {
    let inside = (steady: runs.reduce(0) { $0 + steady.sum($1) }, all: runs.reduce(0) { $0 + all.sum($1) })
    return max(0, steady.sum(0..<count) - inside.steady) / max(1, all.sum(0..<count) - inside.all)
  }

  /// By how many peaks more than a share the peaks of a step stand still.
  func excess(at step: Int, over share: Float) -> Float {
    steady.sum(step..<step + 1) - share * all.sum(step..<step + 1)
  }

  /// A share in dB, so that ratios of shares can be compared.
  static func inDecibels(_ share: Float) -> Float { decibels(share + smallestShare) }

  /// The geometric mean of two shares, which lies between that of music and that of what is beside it.
  static func middle(_ a: Float, _ b: Float) -> Float {
    ((a + smallestShare) * (b + smallestShare)).squareRoot() - smallestShare
  }

  /// Where peaks may stand: 220 to 3420 Hz in windows of 64 ms. By chance a peak stands where one stood before as often
  /// as places are taken.
  private static let places: Float = 205
  /// Differences between shares below this mean nothing: half the share from which sound is rather music than speech.
  private static let smallestShare: Float = 0.005
}
