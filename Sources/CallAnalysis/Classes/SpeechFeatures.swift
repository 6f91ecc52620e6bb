internal import CallModel
internal import SignalProcessing

/// What tells own speech from everything else on a leg, normalised to the call and in 256 even steps: the columns of
/// ``SpeechFeature`` for each frame.
struct SpeechFeatures {
  /// The values.
  var table: ByteTable
  /// Frames that may be speech: they count, are live, carry no tone or music, and are loud enough.
  let isCandidate: [Bool]

  /// Frames further below the loud talk are no candidates, in dB: 10 dB below what is speech by definition, for the soft
  /// ends of words in the features of their neighbours.
  static let candidateDepthDb: Float = -50
  /// The step of levels, in steps a dB.
  static let stepsPerDb: Float = 3.6
  /// The step of ratios, in steps a dB.
  static let ratioStepsPerDb: Float = 5

  /// The byte of a depth in dB.
  static func depthByte(_ decibels: Float) -> UInt8 { UInt8((decibels + 60) * stepsPerDb) }
  /// The byte of a ratio in dB.
  static func ratioByte(_ decibels: Float) -> UInt8 { UInt8((decibels + 6) * ratioStepsPerDb) }

  /// - Parameters:
  ///   - own: the leg.
  ///   - other: the other leg; nil where there is none, or where both parties share the channel.
  init(_ own: LegEvidence, other: LegEvidence?) {
    isCandidate = own.depth.isAbove(Self.depthByte(Self.candidateDepthDb), where: own.input.usable)
    table = ByteTable(frames: own.input.count, columns: SpeechFeature.allCases.count)
    addNoise(own)
    addLevel(own)
    addVoice(own)
    addCore(own)
    addTimbre(own)
    addOther(other, own: own)
    addDynamics(own)
    table.append(constant: own.parties == .both ? 250 : 0)
    precondition(table.columnCount == SpeechFeature.allCases.count)
  }

  /// The values of a feature, frame by frame.
  func column(_ feature: SpeechFeature) -> [UInt8] { table.values(column: feature.rawValue) }

  private mutating func addNoise(_ own: LegEvidence) {
    let ratio = own.input.ratio
    table.append(own.ratio.maximum(in: -5...5))
    table.append(own.ratio.mean(in: -20...20))
    table.append(own.ratio.mean(in: -19...(-5)))
    let noise = own.noise
    table.append(RunningBytes(ratio, from: noise.loud - 46, perUnit: 2.7).bytes)
    table.append(RunningBytes(ratio, from: noise.middle - 46, perUnit: 2.7).bytes)
    let typical = own.core.typicalRatio
    let scale = max(typical, 3)
    table.append(RunningBytes(ratio, from: -2 * scale, perUnit: 16 / scale).bytes)
    let constants = RunningBytes([typical, noise.loud], from: -6, perUnit: Self.ratioStepsPerDb).bytes
    table.append(constant: constants[0])
    table.append(constant: constants[1])
  }

  private mutating func addLevel(_ own: LegEvidence) {
    let depth = own.depth
    table.append(depth.maximum(in: -50...50))
    table.append(depth.maximum(in: -24...0))
    table.append(depth.maximum(in: 0...24))
    table.append(depth.mean(in: -30...30, where: own.ratio.isAbove(Self.ratioByte(3))))
    let (bytes, mean) = (depth.bytes, depth.mean(in: -50...50))
    table.append(
      [UInt8](count: bytes.count) { UInt8(min(max((Int(bytes[$0]) - Int(mean[$0])) * 10 / 9 + 160, 0), 255)) }
    )
    // 12 steps a dB.
    table.append(depth.spread(in: -10...10, times: 12 / Self.stepsPerDb))
  }

  /// What the other leg does.
  private mutating func addOther(_ other: LegEvidence?, own: LegEvidence) {
    if let other {
      table.append(other.depth.maximum(in: -15...15))
      table.append(other.ratio.mean(in: -10...10))
    } else {
      for _ in 0..<2 { table.append(constant: 0) }
    }
    // Whoever takes turns is seldom heard while the other talks; whoever is in the room, as often as not.
    let isSoft = own.core.voiced.map { own.depth.bytes[$0].max()! < Self.depthByte(-8) }
    for soft in [true, false] {
      let runs = zip(own.core.voiced, isSoft).filter { $1 == soft }.map(\.0)
      let during = runs.reduce(0) { sum, run in sum + run.count { other?.talks[$0] ?? false } }
      table.append(constant: UInt8(250 * during / max(1, runs.frameTotal)))
    }
  }

  /// How fast the level falls and rises where the party talks.
  private mutating func addDynamics(_ own: LegEvidence) {
    let (depth, usable) = (own.depth.bytes, own.input.usable)
    let talks = own.talks.withUnsafeBufferPointer { talks in
      [FrameRange](count: depth.count) { usable[$0] && talks[$0] }
    }
    let total = talks.frameTotal
    /// A quantile of how far the level lies lower `distance` frames later, or earlier.
    func change(_ distance: Int, _ quantile: Double) -> UInt8 {
      // Fewer frames are no sentence: a change of 10 dB, in the middle of what is found.
      guard total > Frames.perSecond / 2 else { return UInt8(10 * Self.stepsPerDb) }
      var counts = [Int](repeating: 0, count: 512)
      depth.withUnsafeBufferPointer { depth in
        counts.withUnsafeMutableBufferPointer { counts in
          for frame in talks.joined() {
            let later = min(max(frame &+ distance, 0), depth.count &- 1)
            counts[Int(depth[frame]) &- Int(depth[later]) &+ 256] &+= 1
          }
        }
      }
      var rank = Int(quantile * Double(total))
      let value = counts.firstIndex { count in
        rank -= count
        return rank < 0
      }
      return UInt8(min(max((value ?? 256) - 256, 0), 255))
    }
    for (distance, quantile) in [(3, 0.95), (8, 0.8), (15, 0.95), (15, 0.8), (-3, 0.95), (-15, 0.95)] {
      table.append(constant: change(distance, quantile))
    }
  }
}
