internal import CallModel

/// Whether a run of steps is music.
struct MusicJudgement {
  let evidence: MusicEvidence
  /// The shortest music, in steps.
  let minimum: Int
  /// The runs that are judged.
  let runs: [Range<Int>]
  /// The longest gap in music, in steps.
  let bridge: Int
  /// The level of what is heard beside these runs, in dBov; most need not be compared with it.
  private(set) lazy var background = MusicBackground.level(
    beside: runs, in: evidence.loudness, bridge: bridge)

  /// Whether a run is music: long, sounding, with enough evidence, and above the background unless that is strong.
  mutating func isMusic(_ run: Range<Int>) -> Bool {
    // Faint evidence counts when it lasts; and it must sound most of the time, as no ring does.
    guard evidence.total(run) / Self.stepsPerSecond >= Self.evidenceDbS,
      2 * evidence.sounding.sum(run) > Float(run.count), run.count >= minimum
    else { return false }
    if evidence.mean(run) >= Self.strongDb { return true }
    // A crowd hums on as faint music does, but also before and after.
    let level = MusicBackground.level(of: Array(evidence.loudness[run]))
    return level >= background + Self.riseDb
  }

  private static let stepsPerSecond = Float(Frames.perSecond / Frames.perStep)
  /// The evidence that makes music in all, in dB times s: a few seconds of strong music or half a minute of faint one,
  /// not a voice over a tune.
  private static let evidenceDbS: Float = 40
  /// Mean evidence of so much, in dB, makes music of any background; a crowd has half of it.
  private static let strongDb: Float = 6
  /// Fainter music rises above what is heard before and after it by this, in dB.
  static let riseDb: Float = 6
}
