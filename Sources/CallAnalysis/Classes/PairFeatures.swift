internal import CallModel
internal import RealModule
internal import SignalProcessing

/// What both legs of a call tell together, in 256 even steps: the columns of ``PairFeature`` for each frame of one leg.
struct PairFeatures {
  /// The values.
  private(set) var table: ByteTable

  /// The fraction of the overlaps by chance that a party's own soft words have: whoever takes turns seldom speaks against
  /// the other (our measurement: own words 0 to 0.4, those of others 1.2 and more).
  private static let shareOfChance: Float = 0.2
  /// So many frames of overlap count as one independent observation: half a second is a word or two (our judgement).
  private static let framesPerObservation: Float = 50

  /// - Parameters:
  ///   - own: the leg.
  ///   - other: the other leg; nil where it carries no speech.
  init(_ own: LegTalk, other: LegTalk?) {
    let logOdds = own.logOdds
    table = ByteTable(frames: own.mayBe.count, columns: PairFeature.allCases.count)
    table.append(logOdds.bytes)
    table.append(logOdds.mean(in: -12...12))
    table.append(logOdds.mean(in: -50...50))
    table.append(logOdds.maximum(in: -50...50))
    let even = LegTalk.byte(0)
    let talk = RunningBytes(logOdds.bytes.map { $0 > even ? $0 - even : 0 })
    table.append(talk.mean(in: -150...150, times: 2))
    table.append(RunningBytes(own.isSure).mean(in: -150...150, times: 250))
    if let other {
      table.append(other.logOdds.maximum(in: -15...15))
      table.append(RunningBytes(other.isSure).mean(in: -75...75, times: 250))
    } else {
      for _ in 0..<2 { table.append(constant: 0) }
    }
    addTurnTaking(own, other: other)
    let (soft, loud) = (own.soft, own.loud)
    table.append(constant: soft.logOdds)
    table.append(constant: soft.timbre)
    table.append(constant: loud.timbre)
    table.append(constant: UInt8(min(max(128 + Int(soft.pitch) - Int(loud.pitch), 0), 255)))
    table.append(constant: soft.lowShare)
    table.append(constant: loud.lowShare)
    precondition(table.columnCount == PairFeature.allCases.count)
  }

  /// Whether the leg's soft sounds meet the other party's talk as often as by chance.
  private mutating func addTurnTaking(_ own: LegTalk, other: LegTalk?) {
    let otherTalks = other?.isSure ?? []
    let share = Float(otherTalks.count { $0 }) / Float(max(1, otherTalks.count))
    let together = Float(zip(own.soft.isChosen, otherTalks).count { $0 && $1 })
    let apart = Float(own.soft.count) - together
    let logRatio =
      together * -Float.log(Self.shareOfChance)
      + apart * Float.log(max(1e-3, 1 - share) / (1 - Self.shareOfChance * share))
    let observed = min(max(logRatio / Self.framesPerObservation, -20), 40)
    table.append(constant: UInt8((observed + 20) * 4))
  }
}
