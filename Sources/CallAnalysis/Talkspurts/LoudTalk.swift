internal import CallModel
internal import SignalProcessing

/// How loud the party talks around a time: its level drifts, and other people in the room are never as loud.
struct LoudTalk {
  /// The 95 % level of the runs around each block, in dBov; that of all runs where it is lower or little is around.
  private let levels: [Float]

  /// The quantile of levels that is loud talk.
  private static let quantile = 0.95
  /// The frames of a block, 2 s.
  private static let block = 2 * Frames.perSecond
  /// Voiced frames that are needed around a block: two syllables.
  private static let minimumFrames = 30
  /// Levels are counted in quarters of a decibel from -100 to 0 dBov.
  private static let noCounts = ValueCounts(from: -100, steps: 400, perUnit: 4)

  /// - Parameters:
  ///   - levels: the level of each frame, in dBov.
  ///   - runs: voiced runs, sorted and apart.
  ///   - reach: how far around, in frames.
  ///   - maximumFallDbPerS: how fast the level falls at most, to both sides, in dB a second: where the party is silent,
  ///     others are the loudest.
  init(levels: [Float], runs: [FrameRange], reach: Int, maximumFallDbPerS: Float) {
    let blocks = (levels.count + Self.block - 1) / Self.block
    var course = Self.course(levels: levels, runs: runs, blocks: blocks, reach: reach / Self.block)
    let fall = maximumFallDbPerS * Float(Self.block) / Float(Frames.perSecond)
    for block in course.indices.dropFirst() { course[block] = max(course[block], course[block - 1] - fall) }
    for block in course.indices.dropLast().reversed() {
      course[block] = max(course[block], course[block + 1] - fall)
    }
    self.levels = course
  }

  /// The level of the runs around a run, in dBov.
  func level(around run: FrameRange) -> Float { levels[(run.lowerBound + run.upperBound) / 2 / Self.block] }

  /// The loud level of the runs within `reach` blocks of each block.
  private static func course(levels: [Float], runs: [FrameRange], blocks: Int, reach: Int) -> [Float] {
    var counts = noCounts
    var parts: [(frames: FrameRange, block: Int)] = []
    for run in runs {
      counts.add(levels, in: run)
      for index in run.lowerBound / block...(run.upperBound - 1) / block {
        parts.append((run.clamped(to: index * block..<(index + 1) * block), index))
      }
    }
    let whole = loud(counts) ?? 0
    counts = noCounts
    var (first, next) = (0, 0)
    return (0..<blocks).map { middle in
      while next < parts.count, parts[next].block <= middle + reach {
        counts.add(levels, in: parts[next].frames)
        next += 1
      }
      while first < next, parts[first].block < middle - reach {
        counts.add(levels, in: parts[first].frames, times: -1)
        first += 1
      }
      return counts.total < minimumFrames ? whole : min(whole, loud(counts) ?? whole)
    }
  }

  private static func loud(_ counts: ValueCounts) -> Float? {
    counts.value(rank: min(counts.total - 1, Int(quantile * Double(counts.total))))
  }
}
