internal import CallModel

/// Whether a run of steps is music put on the line.
struct MusicJudgement {
  let evidence: MusicEvidence
  /// The shortest music, in steps.
  let minimum: Int
  let surroundings: MusicSurroundings

  /// Whether a run is music: long, sounding, with enough evidence, and no background of its party.
  func isMusic(_ run: Range<Int>) -> Bool {
    // Faint evidence counts when it lasts; and it must sound most of the time, as no ring does.
    guard evidence.total(run) / Self.stepsPerSecond >= Self.evidenceDbS,
      2 * evidence.sounding.sum(run) > Float(run.count), run.count >= minimum
    else { return false }
    guard let contrast = surroundings.contrast(of: run) else { return !surroundings.isAnswered(run) }
    let rise = min(contrast.rise, Self.highestRiseDb)
    return rise + Self.steadierWeight * contrast.steadier >= Self.contrastDb
  }

  private static let stepsPerSecond = Float(Frames.perSecond / Frames.perStep)
  /// The evidence that makes music in all, in dB times s: a few seconds of strong music or half a minute of faint one,
  /// not a voice over a tune.
  private static let evidenceDbS: Float = 40
  /// A rise counts up to this, in dB: what is louder by more is no background for sure.
  private static let highestRiseDb: Float = 15
  /// So many times as much as a rise counts what the music is steadier than its surroundings. From a logistic regression
  /// of 248 runs of holds and backgrounds (our measurement, docs/measurements/hold-and-music.md).
  private static let steadierWeight: Float = 1.4
  /// Both together make music that is put on the line from this on, in dB (the same regression).
  private static let contrastDb: Float = 12.6
}
