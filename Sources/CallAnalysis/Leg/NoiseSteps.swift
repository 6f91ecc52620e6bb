/// Finds where the noise of a leg steps: on one side even the quietest second is louder than one on the other.
struct NoiseSteps {
  /// A step of the noise.
  struct Step {
    /// The first block after it.
    var block: Int
    /// By how much the noise changes, in dB.
    var change: Float
    /// Halfway between the noise before and after, in dB.
    var middle: Float

    var rises: Bool { change > 0 }
  }

  /// The noise of each block of one second, in dB; nil where too little of it is live.
  let noise: [Float?]
  /// The blocks that are looked at on either side.
  let reach: Int

  /// The change of the noise that makes a step, in dB: a room becomes audible, as after the answer, or inaudible (our
  /// measurement: 6 to 10 give the same results).
  private static let minimumDb: Float = 8
  /// A step shows within so many blocks on either side; a drift does not. Each side has a pause of speech in 5 s.
  private static let near = 5

  /// Half a window of talk contains a second with a pause; for the quieter side one second is enough.
  private var minimumBlocks: Int { max(2, reach / 2) }

  /// The steps in ascending order, at least half a window apart.
  func find() -> [Step] {
    var result: [Step] = []
    var previous = 0
    var index = 1
    while index < noise.count {
      guard var found = step(at: index, after: previous) else {
        index += 1
        continue
      }
      // Noise has risen in the first of the blocks that differ, and has fallen in the last.
      while !found.rises, index + 1 < noise.count, let next = step(at: index + 1, after: previous),
        !next.rises
      {
        found = next
        index += 1
      }
      result.append(found)
      previous = index
      index += minimumBlocks
    }
    return result
  }

  /// The step at a block, from the blocks after the previous step; nil where there is none.
  private func step(at index: Int, after previous: Int) -> Step? {
    guard let far = change(at: index, within: reach, after: previous), far.louderBlocks >= minimumBlocks,
      abs(far.by) > Self.minimumDb,
      let near = change(at: index, within: Self.near, after: previous), near.by * far.by > 0,
      abs(near.by) > Self.minimumDb / 2
    else { return nil }
    return Step(block: index, change: far.by, middle: far.middle)
  }

  /// The difference of the quietest blocks on either side, and the number of blocks on the louder side.
  private func change(
    at index: Int, within reach: Int, after previous: Int
  ) -> (by: Float, middle: Float, louderBlocks: Int)? {
    let before = quietest(max(previous, index - reach)..<index)
    let after = quietest(index..<min(noise.count, index + reach))
    guard let old = before.noise, let new = after.noise else { return nil }
    return (new - old, (new + old) / 2, (new > old ? after : before).blocks)
  }

  /// The noise of the quietest of some blocks, in dB, and how many of them have any; nil where none has.
  private func quietest(_ range: Range<Int>) -> (noise: Float?, blocks: Int) {
    var result: (noise: Float?, blocks: Int) = (nil, 0)
    for index in range {
      guard let value = noise[index] else { continue }
      result = (min(value, result.noise ?? value), result.blocks + 1)
    }
    return result
  }
}
