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
  private static let lowestLevel: Float = -60
  /// The levels agree where their difference is within this of its median, in dB: G.711 and GSM 6.10 move a level by
  /// less, two voices seldom stay that near for long (our measurement).
  private static let tolerance: Float = 3
  /// The share of frames that agree from which the legs are the same.
  private static let agreement = 0.95
  /// The largest gain between the legs, in dB: an echo is weaker.
  private static let highestGain: Float = 6
  /// Fewer compared frames than 1 s tell nothing.
  private static let minimumFrames = Frames.perSecond

  /// Compares the levels of both legs in dBov, frame by frame from `firstFrame` of the call on.
  init(levels: ByLeg<[Float]>, firstFrame: Int) {
    let count = min(levels[.first].count, levels[.second].count)
    var counts: [ValueCounts] = []
    var bounds: [FrameRange] = []
    var start = 0
    while start < count {
      let end = min(count, ((start + firstFrame) / Self.block + 1) * Self.block - firstFrame)
      counts.append(Self.differences(levels, in: start..<end))
      bounds.append(start..<end)
      start = end
    }
    for index in counts.indices {
      let around = max(0, index - Self.reach)...min(counts.count - 1, index + Self.reach)
      blocks.append((bounds[index], Self.areSame(around.map { counts[$0] }), counts[index].total))
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

  /// Counts the differences of the levels of some frames, in eighths of a dB.
  private static func differences(_ levels: ByLeg<[Float]>, in range: FrameRange) -> ValueCounts {
    var counts = ValueCounts(from: -32, steps: 512, perUnit: 8)
    levels[.first].withUnsafeBufferPointer { first in
      levels[.second].withUnsafeBufferPointer { second in
        for frame in range where max(first[frame], second[frame]) > lowestLevel {
          counts.add(first[frame] - second[frame], times: 1)
        }
      }
    }
    return counts
  }

  /// Whether differences stand still; false where too few frames were compared.
  private static func areSame(_ counts: [ValueCounts]) -> Bool {
    let total = counts.reduce(0) { $0 + $1.total }
    guard total >= minimumFrames else { return false }
    var sums = [Int](repeating: 0, count: counts[0].counts.count)
    for part in counts {
      for step in sums.indices { sums[step] += Int(part.counts[step]) }
    }
    var seen = 0
    let middle = sums.firstIndex { count in
      seen += count
      return 2 * seen > total
    }
    guard let middle, abs(Float(middle) / 8 - 32) <= highestGain else { return false }
    let width = Int(tolerance * 8)
    let near = max(0, middle - width)...min(sums.count - 1, middle + width)
    return Double(near.reduce(0) { $0 + sums[$1] }) > agreement * Double(total)
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
