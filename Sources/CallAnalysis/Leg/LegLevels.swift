internal import CallModel
internal import SignalProcessing

/// The levels of one leg, and where its line is live: what legs are compared by before anything else is known.
struct LegLevels {
  /// The level of each frame in dBov.
  let level: [Float]
  /// Whether the line is live: samples change, also where they are only noise.
  let live: [Bool]

  /// The levels of the first `count` frames of a leg.
  init(of leg: LegTrack, count: Int, settings: ActivitySettings) {
    let minimumChange = UInt8(min(255, (settings.digitalSilenceRatio * 255).rounded(.up)))
    var line = LineState(
      of: leg, count: count, minimumChange: minimumChange, idleHighest: Self.idleHighestLsb,
      idleFraction: Self.idlePeakFraction)
    toDecibels(&line.power)
    level = line.power
    live = line.live
  }

  // A codec may have nothing to say: the decoder of GSM 6.10 hums in digital silence, with samples of up to 16 LSB, or a
  // few times that where a recorder amplifies, whose peaks are all alike, as those of noise are not.

  /// The hum of an idle codec stays below this, in LSB: eight times what GSM 6.10 makes.
  private static let idleHighestLsb: UInt16 = 128
  /// Its peaks differ by this fraction of the highest at most.
  private static let idlePeakFraction: UInt16 = 12
}
