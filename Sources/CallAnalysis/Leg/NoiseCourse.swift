internal import SignalProcessing

/// How the noise of a leg goes through a section: it drifts with a gain, and steps where a room is heard or no
/// longer is, as at the answer.
struct NoiseCourse {
  private let ratio: [Float]
  private let blocks: Int
  /// The longest stretch that a window looks at, in blocks.
  private let reach: Int
  /// Counts of the ratio in steps of half a decibel from -10, block by block, summed up.
  private var sums: [Int32]
  private var totals: [Int]
  private let settings: ActivitySettings
  /// A block has this many frames.
  private static let block = 100
  private static let bins = 120
  /// A step shows within so many blocks on both sides, with a pause in each.
  private static let near = 5

  /// - Parameter ratio: the whitened signal-to-noise ratio over the section's floor, in dB.
  init(ratio: [Float], scene: LegScene, settings: ActivitySettings) {
    self.ratio = ratio
    self.settings = settings
    let (block, bins) = (Self.block, Self.bins)
    blocks = (ratio.count + block - 1) / block
    reach = max(1, Int(settings.noiseWindowS))
    sums = [Int32](repeating: 0, count: (blocks + 1) * bins)
    totals = [Int](repeating: 0, count: blocks + 1)
    var counts = ValueCounts(from: -10, steps: bins, perUnit: 2)
    for index in 0..<blocks {
      let frames = index * block..<min(ratio.count, (index + 1) * block)
      counts.add(ratio, in: frames, where: scene.usable)
      // Digital silence is as quiet as it gets: on a gated line little but speech is live.
      counts.add(-10, times: frames.count { !scene.live[$0] && !scene.notSpeech[$0] })
      for bin in 0..<bins { sums[(index + 1) * bins + bin] = counts.counts[bin] }
      totals[index + 1] = counts.total
    }
  }

  /// How far the noise lies above the section's floor, frame by frame, in dB, and how much of that drifts and is not
  /// a step; nil where it never does.
  ///
  /// The local noise is a low percentile of the ratio over windows of `noiseWindowS` that begin, are centred or end
  /// here, whichever is lowest, so that a long turn does not pass for noise. No window reaches over a step.
  func rise() -> (noise: [Float], drift: [Float])? {
    let bounds = [0] + steps() + [ratio.count]
    var noise = [Float](repeating: 0, count: ratio.count)
    var drift = noise
    var rises = false
    for (from, to) in zip(bounds, bounds.dropFirst()) {
      let stretch = from / Self.block..<(to + Self.block - 1) / Self.block
      guard bounds.count > 2 || stretch.count > reach else { return nil }
      let here = stretch.map { index -> Float in
        let quiets = [index - reach + 1, index - reach / 2, index].compactMap {
          self.noise(ofWindowFrom: $0, in: stretch)
        }
        return max(0, (quiets.min() ?? 0) - Float(settings.noiseRiseFromDb))
      }
      guard let least = here.min(), here.contains(where: { $0 > 0 }) else { continue }
      rises = true
      for frame in from..<to {
        // Between the middles of blocks the rise goes straight.
        let position = Float(frame - Self.block / 2) / Float(Self.block) - Float(stretch.lowerBound)
        let inside = max(0, min(Float(here.count - 1), position))
        let below = Int(inside)
        let above = min(here.count - 1, below + 1)
        noise[frame] = here[below] + (here[above] - here[below]) * (inside - Float(below))
        drift[frame] = noise[frame] - least
      }
    }
    return rises ? (noise, drift) : nil
  }

  /// The noise of a window of `reach` blocks, moved into a stretch; nil where little of it can be heard.
  private func noise(ofWindowFrom from: Int, in stretch: Range<Int>) -> Float? {
    let to = min(stretch.upperBound, max(stretch.lowerBound, from) + reach)
    let from = max(stretch.lowerBound, to - reach)
    guard totals[to] - totals[from] > 20 * (to - from) else { return nil }
    return noise(of: from..<to)
  }

  private func noise(of blocks: Range<Int>) -> Float? {
    let (from, to) = (blocks.lowerBound, blocks.upperBound)
    let rank = Int32(Double(totals[to] - totals[from]) * settings.noisePercentile / 100)
    var seen: Int32 = 0
    for bin in 0..<Self.bins {
      seen += sums[to * Self.bins + bin] - sums[from * Self.bins + bin]
      if seen > rank { return Float(bin) / 2 - 9.75 }
    }
    return nil
  }

  /// The frames at which the noise steps: on one side even the quietest second is louder than one on the other.
  private func steps() -> [Int] {
    let seconds = (0..<blocks).map {
      totals[$0 + 1] - totals[$0] > Self.block / 2 ? noise(of: $0..<$0 + 1) : nil
    }
    let size = Float(settings.noiseStepDb)
    // Half a window of talk has a second with a pause; that there is a quiet second needs no more than one.
    let least = max(2, reach / 2)
    var last = 0
    func change(at index: Int, within reach: Int) -> (by: Float, middle: Float, heard: Int)? {
      let before = seconds[max(last, index - reach)..<index].compactMap { $0 }
      let after = seconds[index..<min(blocks, index + reach)].compactMap { $0 }
      guard let old = before.min(), let new = after.min() else { return nil }
      return (new - old, (new + old) / 2, (new > old ? after : before).count)
    }
    // A drift differs as much from far, but not from near.
    func step(at index: Int) -> (by: Float, middle: Float)? {
      guard let far = change(at: index, within: reach), far.heard >= least, abs(far.by) > size,
        let near = change(at: index, within: Self.near), near.by * far.by > 0, abs(near.by) > size / 2
      else { return nil }
      return (far.by, far.middle)
    }
    var result: [Int] = []
    var index = 1
    while index < blocks {
      guard var found = step(at: index) else {
        index += 1
        continue
      }
      // Noise has risen in the first of the blocks that differ, and falls in the last.
      while found.by < 0, index + 1 < blocks, let next = step(at: index + 1), next.by < 0 {
        found = next
        index += 1
      }
      result.append(edge(around: index, level: found.middle, rises: found.by > 0))
      last = index
      index += least
    }
    return result
  }

  /// The frame of a step within a second of the start of a block: where a tenth of a second is last or first quiet.
  private func edge(around index: Int, level: Float, rises: Bool) -> Int {
    let width = 10
    let pieces = stride(
      from: (index - 1) * Self.block, through: min(ratio.count, (index + 1) * Self.block) - width, by: width)
    let quiet = pieces.filter { ratio[$0..<$0 + width].reduce(0, +) < level * Float(width) }
    return (rises ? quiet.last.map { $0 + width } : quiet.first) ?? index * Self.block
  }
}
