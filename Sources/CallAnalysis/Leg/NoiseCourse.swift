internal import CallModel
internal import SignalProcessing

/// How the noise of a leg changes within a section. It drifts with a gain, and steps where the sound of a room begins
/// or ends, as at the answer.
struct NoiseCourse {
  /// The noise over the section's floor, frame by frame.
  struct Rise {
    /// How far the noise lies above the floor, in dB, at least 0.
    var noise: [Float]
    /// How much of that is drift and not a step, in dB.
    var drift: [Float]
  }

  /// The whitened signal-to-noise ratio of each frame over the section's floor, in dB.
  private let ratio: [Float]
  /// The number of blocks.
  private let blocks: Int
  /// Counts of the ratio by block, summed up over the blocks before; `bins` for each block.
  private var sums: [Int32]
  /// The number of frames counted before each block.
  private var totals: [Int]

  /// The frames of a block: a second has a pause between syllables.
  private static let block = Frames.perSecond
  /// The blocks of a window through which the noise is followed, 20 s: longer than a sentence, shorter than the time in
  /// which a gain drifts (our measurement).
  private static let window = 20
  /// The percentile of a window that is its noise: speech leaves a tenth of its time to pauses (our measurement).
  private static let percentile = 10.0
  /// The noise has risen where its percentile lies more than this over the floor, in dB: the floor is measured no
  /// better.
  private static let riseFromDb: Float = 0.5
  /// A window needs so many counted frames for each block: fewer hold no pause.
  private static let framesPerBlock = 20
  /// The lowest ratio that is counted, in dB; digital silence counts as this.
  private static let lowestDb: Float = -10
  /// Bins of half a decibel: up to 50 dB.
  private static let bins = 120
  private static let binsPerDb: Float = 2

  /// - Parameters:
  ///   - ratio: the whitened signal-to-noise ratio over the section's floor, in dB.
  ///   - usable: live frames without tone or music.
  ///   - silent: frames of digital silence. They count as the lowest noise: on a gated line little but speech is live.
  init(ratio: [Float], usable: [Bool], silent: [Bool]) {
    self.ratio = ratio
    let (block, bins) = (Self.block, Self.bins)
    blocks = (ratio.count + block - 1) / block
    sums = [Int32](repeating: 0, count: (blocks + 1) * bins)
    totals = [Int](repeating: 0, count: blocks + 1)
    var counts = ValueCounts(from: Self.lowestDb, steps: bins, perUnit: Self.binsPerDb)
    for index in 0..<blocks {
      let frames = index * block..<min(ratio.count, (index + 1) * block)
      counts.add(ratio, in: frames, where: usable)
      counts.add(Self.lowestDb, times: silent[frames].count(where: \.self))
      for bin in 0..<bins { sums[(index + 1) * bins + bin] = counts.counts[bin] }
      totals[index + 1] = counts.total
    }
  }

  /// How far the noise lies above the section's floor; nil where it lies nowhere above.
  ///
  /// - Parameter maySteps: whether steps of the noise are looked for. Windows do not reach over a step.
  func rise(withSteps maySteps: Bool) -> Rise? {
    let bounds = [0] + (maySteps ? steps() : []) + [ratio.count]
    // One window is the section: its percentile is the floor.
    guard bounds.count > 2 || blocks > Self.window else { return nil }
    var rise = Rise(
      noise: [Float](repeating: 0, count: ratio.count), drift: [Float](repeating: 0, count: ratio.count))
    var rises = false
    for (from, to) in zip(bounds, bounds.dropFirst()) {
      let stretch = from / Self.block..<(to + Self.block - 1) / Self.block
      let course = noise(in: stretch)
      guard let lowest = course.min(), course.contains(where: { $0 > 0 }) else { continue }
      rises = true
      rise.noise.withUnsafeMutableBufferPointer { noise in
        rise.drift.withUnsafeMutableBufferPointer { drift in
          Self.interpolate(course, first: stretch.lowerBound, in: from..<to) { frame, value in
            noise[frame] = value
            drift[frame] = value - lowest
          }
        }
      }
    }
    return rises ? rise : nil
  }

  /// The noise of each block of a stretch over the floor, in dB, at least 0: the lowest of the windows that begin, are
  /// centred or end there, so that a long turn is not taken for noise.
  private func noise(in stretch: Range<Int>) -> [Float] {
    stretch.map { index in
      let starts = [index - Self.window + 1, index - Self.window / 2, index]
      let quietest = starts.compactMap { noise(ofWindowFrom: $0, in: stretch) }.min() ?? 0
      return max(0, quietest - Self.riseFromDb)
    }
  }

  /// Takes the value at each of some frames, on straight lines between the middles of blocks, of which `first` is the first.
  @inline(__always) private static func interpolate(
    _ values: [Float], first: Int, in frames: FrameRange, take: (_ frame: Int, _ value: Float) -> Void
  ) {
    let last = values.count - 1
    for below in values.indices {
      let middle = (first + below) * block + block / 2
      let from = below == 0 ? frames.lowerBound : max(frames.lowerBound, middle)
      let to = below == last ? frames.upperBound : min(frames.upperBound, middle + block)
      guard from < to else { continue }
      let (value, change) = (values[below], values[min(last, below + 1)] - values[below])
      for frame in from..<to {
        let position = Float(frame - block / 2) / Float(block) - Float(first)
        take(frame, value + change * (max(0, min(Float(last), position)) - Float(below)))
      }
    }
  }

  /// The noise of a window, moved into a stretch, in dB over the floor; nil where too few of its frames count.
  private func noise(ofWindowFrom from: Int, in stretch: Range<Int>) -> Float? {
    let to = min(stretch.upperBound, max(stretch.lowerBound, from) + Self.window)
    let from = max(stretch.lowerBound, to - Self.window)
    guard totals[to] - totals[from] > Self.framesPerBlock * (to - from) else { return nil }
    return noise(of: from..<to)
  }

  /// The low percentile of the ratio in some blocks, in dB; nil where no frame counts.
  private func noise(of blocks: Range<Int>) -> Float? {
    let (from, to) = (blocks.lowerBound, blocks.upperBound)
    let rank = Int32(Double(totals[to] - totals[from]) * Self.percentile / 100)
    var below: Int32 = 0
    for bin in 0..<Self.bins {
      below += sums[to * Self.bins + bin] - sums[from * Self.bins + bin]
      if below > rank { return Self.lowestDb + (Float(bin) + 0.5) / Self.binsPerDb }
    }
    return nil
  }

  /// The frames at which the noise steps, in ascending order.
  private func steps() -> [Int] {
    let seconds = (0..<blocks).map {
      totals[$0 + 1] - totals[$0] > Self.block / 2 ? noise(of: $0..<$0 + 1) : nil
    }
    return NoiseSteps(noise: seconds, reach: Self.window).find().map(frame(of:))
  }

  /// The frame of a step within a second of the start of its block: after the last quiet tenth of a second where the
  /// noise rises, before the first where it falls.
  private func frame(of step: NoiseSteps.Step) -> Int {
    let width = Self.block / 10
    let last = min(ratio.count, (step.block + 1) * Self.block) - width
    let tenths = stride(from: (step.block - 1) * Self.block, through: last, by: width)
    let quiet = tenths.filter { ratio[$0..<$0 + width].reduce(0, +) < step.middle * Float(width) }
    return (step.rises ? quiet.last.map { $0 + width } : quiet.first) ?? step.block * Self.block
  }
}
