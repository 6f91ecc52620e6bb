internal import CallModel
internal import SignalProcessing

/// Where both legs carry the same sound: one mix on both channels, as after a transfer or from a recorder that joins
/// the parties.
///
/// Decided for each block of 10 s by the levels of the 30 s around it, before anything uses it: the answer for a block
/// depends on nothing that lies further away. The legs are the same where the difference of their levels stands still,
/// at a gain of a few dB between them; two parties, or one party and its echo, differ from frame to frame.
struct SameSound {
  /// The blocks of the section, by the call's clock: whether both legs are the same there, and how many frames of
  /// the block were compared.
  private var blocks: [(frames: FrameRange, isSame: Bool, compared: Int)] = []

  /// Frames in a block: 10 s.
  private static let block = 10 * Frames.perSecond
  /// So many neighbours on each side are counted with a block.
  private static let reach = 1
  /// A frame is compared where the louder leg is above this level, in dBov: below lies the noise of most lines,
  /// which the encoders of two channels round differently.
  static let lowestLevel: Float = -60
  /// The levels agree where their difference is within this of its median, in dB: encoders move a level by less.
  private static let tolerance: Float = 1.5
  /// ... and within this share of the range from the 10 % to the 90 % point of the levels: two stationary noises of
  /// one level differ by a dB as well, but hardly vary themselves.
  private static let toleranceShare: Float = 1 / 6
  /// The share of frames that agree from which the legs are the same.
  static let agreement = 0.95
  /// The largest gain between the legs, in dB: a recorder that mixes may amplify one channel.
  private static let highestGain: Float = 12
  /// The same where one leg is moved, in dB: an echo comes later, and is weaker (ITU-T G.168 assumes 6 dB of loss).
  private static let highestGainMoved: Float = 6
  /// Fewer compared frames than 1 s tell nothing.
  private static let minimumFrames = Frames.perSecond

  /// Compares the levels of both legs in dBov, frame by frame from `firstFrame` of the call on.
  init(levels: ByLeg<[Float]>, firstFrame: Int) {
    let moved = LegAlignment.aligned(levels)
    let levels = moved ?? levels
    let highestGain = moved == nil ? Self.highestGain : Self.highestGainMoved
    let tolerance = moved == nil ? Self.tolerance : LegAlignment.tolerance
    let count = min(levels[.first].count, levels[.second].count)
    var counts: [LevelCounts] = []
    var bounds: [FrameRange] = []
    var start = 0
    while start < count {
      let end = min(count, ((start + firstFrame) / Self.block + 1) * Self.block - firstFrame)
      counts.append(LevelCounts(levels, in: start..<end))
      bounds.append(start..<end)
      start = end
    }
    for index in counts.indices {
      let around = max(0, index - Self.reach)...min(counts.count - 1, index + Self.reach)
      blocks.append(
        (
          bounds[index],
          Self.areSame(around.map { counts[$0] }, highestGain: highestGain, tolerance: tolerance),
          counts[index].differences.total
        ))
    }
    settleSilentBlocks()
  }

  /// The number of compared frames within some frames of the section, and how many of them lie where both legs are
  /// the same.
  func compared(in range: FrameRange) -> (all: Int, same: Int) {
    var result = (all: 0, same: 0)
    for block in blocks where block.frames.overlaps(range) {
      // A block that a seam cuts counts by its share.
      let share = block.compared * block.frames.clamped(to: range).count / block.frames.count
      result.all += share
      if block.isSame { result.same += share }
    }
    return result
  }

  /// The stretches of the section, in order and without gaps: where the legs are the same, and where not.
  var stretches: [(frames: FrameRange, isSame: Bool)] {
    var result: [(frames: FrameRange, isSame: Bool)] = []
    for block in blocks {
      if let last = result.last, last.isSame == block.isSame {
        result[result.count - 1].frames = last.frames.lowerBound..<block.frames.upperBound
      } else {
        result.append((block.frames, block.isSame))
      }
    }
    return result
  }

  /// Whether differences stand still within a tolerance, at this gain or less, both in dB; false where too few frames were
  /// compared.
  private static func areSame(_ counts: [LevelCounts], highestGain: Float, tolerance: Float) -> Bool {
    let differences = StepCounts(counts.map(\.differences))
    let levels = StepCounts(counts.map(\.levels))
    guard differences.total >= minimumFrames, let median = differences.doubledMedian,
      abs(LevelCounts.difference(doubledStep: median)) <= highestGain,
      let low = levels.step(share: 0.1), let high = levels.step(share: 0.9)
    else { return false }
    let range = Float(high - low) / LevelCounts.levelsPerDb
    let width = Int(min(tolerance, toleranceShare * range) * LevelCounts.perDb)
    let near = differences.count(nearDoubled: median, width: width)
    return Double(near) > agreement * Double(differences.total)
  }

  /// A block without sound around it is what the nearest block with sound is; of two as near, the one that follows.
  private mutating func settleSilentBlocks() {
    let heard = blocks.indices.filter { index in
      let around = max(0, index - Self.reach)...min(blocks.count - 1, index + Self.reach)
      return around.reduce(0) { $0 + blocks[$1].compared } >= Self.minimumFrames
    }
    guard !heard.isEmpty else { return }
    let known = blocks.map(\.isSame)
    for index in blocks.indices {
      let nearest = heard.min { (abs($0 - index), -$0) < (abs($1 - index), -$1) }
      if let nearest { blocks[index].isSame = known[nearest] }
    }
  }
}

/// The levels of a block: the mean of both legs, and how much higher the first is than the second. Exchanged legs give
/// the same levels, and the opposite differences.
private struct LevelCounts {
  var levels = ValueCounts(from: -100, steps: 200, perUnit: levelsPerDb)
  var differences = ValueCounts(
    from: -highestDifference - 0.5 / perDb, steps: 2 * Int(highestDifference * perDb) + 1, perUnit: perDb)

  /// Steps of the levels in a dB, and of their differences.
  static let levelsPerDb: Float = 2
  static let perDb: Float = 8
  /// Differences are counted up to this, in dB; the middle of the steps is 0.
  private static let highestDifference: Float = 16

  /// Counts the frames in which the louder leg is above the lowest level that is compared.
  init(_ all: ByLeg<[Float]>, in range: FrameRange) {
    var (heard, apart): ([Float], [Float]) = ([], [])
    heard.reserveCapacity(range.count)
    apart.reserveCapacity(range.count)
    all[.first].withUnsafeBufferPointer { first in
      all[.second].withUnsafeBufferPointer { second in
        for frame in range where max(first[frame], second[frame]) > SameSound.lowestLevel {
          heard.append((first[frame] + second[frame]) / 2)
          apart.append(first[frame] - second[frame])
        }
      }
    }
    levels.add(heard, in: heard.indices)
    differences.add(apart, in: apart.indices)
  }

  /// The difference in dB of a step, or of the middle between two steps, times two.
  static func difference(doubledStep: Int) -> Float { Float(doubledStep) / (2 * perDb) - highestDifference }
}

/// Counts of several blocks together.
private struct StepCounts {
  private var counts: [Int]
  let total: Int

  init(_ parts: [ValueCounts]) {
    var sums = parts[0].counts
    for part in parts.dropFirst() {
      sums.withUnsafeMutableBufferPointer { sums in
        part.counts.withUnsafeBufferPointer { counts in
          for step in sums.indices { sums[step] &+= counts[step] }
        }
      }
    }
    counts = sums.map(Int.init)
    total = parts.reduce(0) { $0 + $1.total }
  }

  /// The step below or in which this share of the values lies; nil without values.
  func step(share: Double) -> Int? {
    var seen = 0
    return counts.firstIndex { count in
      seen += count
      return seen > 0 && Double(seen) >= share * Double(total)
    }
  }

  /// The step of the median times two: the sum of the lower and the upper median; nil without values.
  var doubledMedian: Int? {
    guard let lower = step(share: 0.5) else { return nil }
    let below = counts[...lower].reduce(0, +)
    guard 2 * below == total else { return 2 * lower }
    return lower + (counts[(lower + 1)...].firstIndex { $0 > 0 } ?? lower)
  }

  /// How many values lie at most `width` steps from a step that is given times two.
  func count(nearDoubled middle: Int, width: Int) -> Int {
    let first = max(0, (middle + 1) / 2 - width)
    let end = min(counts.count, middle / 2 + width + 1)
    // Between two steps there is none within less than one.
    return counts[first..<max(first, end)].reduce(0, +)
  }
}
