internal import CallModel
internal import SignalProcessing

/// A leg whose voice may be heard on another, and that other leg.
struct LegPair {
  /// The leg whose voice it is.
  let source: LegTrack
  /// The leg on which it may be heard.
  let target: LegTrack
  let sourceScene: LegScene
  let targetScene: LegScene
  /// The frames that both have.
  let count: Int
  /// The level of each frame of the target in dBov; infinite where it cannot be compared.
  private let targetLevel: [Float]
  /// The stretches in which each leg carries a party of its own: where both carry the same, nothing leaks.
  private let stretches: [FrameRange]

  init(
    source: LegTrack, target: LegTrack, sourceScene: LegScene, targetScene: LegScene,
    stretches: [FrameRange]
  ) {
    self.stretches = stretches
    self.source = source
    self.target = target
    self.sourceScene = sourceScene
    self.targetScene = targetScene
    count = min(sourceScene.level.count, targetScene.level.count)
    targetLevel = (0..<count).map { targetScene.usable[$0] ? targetScene.level[$0] : .infinity }
  }

  /// The frames in which the source speaks loudly, in order of time.
  func strongFrames() -> [Int] {
    guard let loud = sourceScene.loud else { return [] }
    let weakest = loud - Self.sourceRangeDb
    let usable = sourceScene.usable
    return [Int](unsafeUninitializedCapacity: count) { strong, number in
      for stretch in stretches {
        for frame in stretch.clamped(to: 0..<count) {
          strong[number] = frame
          number &+= (usable[frame] ? 1 : 0) & (sourceScene.level[frame] > weakest ? 1 : 0)
        }
      }
    }
  }

  /// Of some frames of the source, those that the target lies well below `lag` frames later: only there its sound may
  /// be the source's.
  func comparable(_ frames: [Int], lag: Int) -> [Int] {
    [Int](unsafeUninitializedCapacity: frames.count) { comparable, number in
      targetLevel.withUnsafeBufferPointer { target in
        sourceScene.level.withUnsafeBufferPointer { source in
          for frame in frames where UInt(bitPattern: frame &+ lag) < UInt(bitPattern: count) {
            comparable[number] = frame
            number &+= target[frame &+ lag] < source[frame] - Self.depthDb ? 1 : 0
          }
        }
      }
    }
  }

  /// The source is strong within this range of its 95 % level, in dB: vowels.
  private static let sourceRangeDb: Float = 20
  /// Only frames where the target lies this far below its source are compared, in dB: a louder voice is its own.
  private static let depthDb: Float = 8
}
