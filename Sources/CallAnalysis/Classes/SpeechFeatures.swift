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
    let depth = own.depth.bytes
    isCandidate = zip(own.input.usable, depth).map { $0 && $1 > Self.depthByte(Self.candidateDepthDb) }
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
  func column(_ feature: SpeechFeature) -> [UInt8] {
    (0..<table.frameCount).map { table[frame: $0, column: feature.rawValue] }
  }

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
    table.append(depth.mean(in: -30...30, where: own.ratio.bytes.map { $0 > Self.ratioByte(3) }))
    let mean = depth.mean(in: -50...50)
    table.append(
      zip(depth.bytes, mean).map { UInt8(min(max((Int($0) - Int($1)) * 10 / 9 + 160, 0), 255)) })
    // 12 steps a dB.
    table.append(
      depth.variance(in: -10...10).map { UInt8(min($0.squareRoot() * (12 / Self.stepsPerDb), 255)) })
  }

  /// What the other leg does.
  private mutating func addOther(_ other: LegEvidence?, own: LegEvidence) {
    let silence = [UInt8](repeating: 0, count: table.frameCount)
    table.append(other?.depth.maximum(in: -15...15) ?? silence)
    table.append(other?.ratio.mean(in: -10...10) ?? silence)
    // Whoever takes turns is seldom heard while the other talks; whoever is in the room, as often as not.
    let isSoft = own.core.voiced.map { own.depth.bytes[$0].max()! < Self.depthByte(-8) }
    for soft in [true, false] {
      let runs = zip(own.core.voiced, isSoft).filter { $1 == soft }.map(\.0)
      let during = runs.reduce(0) { sum, run in sum + run.count { other?.talks($0) ?? false } }
      table.append(constant: UInt8(250 * during / max(1, runs.frameTotal)))
    }
  }

  /// How fast the level falls and rises where the party talks.
  private mutating func addDynamics(_ own: LegEvidence) {
    let depth = own.depth.bytes
    let talks = depth.indices.filter { own.input.usable[$0] && own.talks($0) }
    /// A quantile of how far the level lies lower `distance` frames later, or earlier.
    func change(_ distance: Int, _ quantile: Double) -> UInt8 {
      // Fewer frames are no sentence: a change of 10 dB, in the middle of what is found.
      guard talks.count > Frames.perSecond / 2 else { return UInt8(10 * Self.stepsPerDb) }
      var counts = [Int](repeating: 0, count: 512)
      for frame in talks {
        let later = min(max(frame + distance, 0), depth.count - 1)
        counts[Int(depth[frame]) - Int(depth[later]) + 256] += 1
      }
      var rank = Int(quantile * Double(talks.count))
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
