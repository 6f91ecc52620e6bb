internal import CallModel
internal import SignalProcessing

/// Hold music: spectral peaks stand still for a fifth of a second, as those of speech never do for long, and the
/// sound goes on, where speech pauses and closes the lips.
enum Music {
  /// The stretches of music of a leg, in frames of the section: evidence, candidates, judgement, edges.
  ///
  /// - Parameter excluded: frames of signalling tones, which stand still as well.
  static func find(
    leg: LegTrack, levels: LegLevels, excluded: [Bool], settings: MusicSettings
  ) -> [FrameRange] {
    guard
      let evidence = MusicEvidence(
        leg: leg, levels: levels, excluded: excluded, lowestDbov: Float(settings.lowestDbov))
    else { return [] }
    let minimum = Frames.count(seconds: settings.minimumS)
    let bridge = Frames.count(seconds: settings.bridgeS)
    let runs = MusicCandidates.find(
      in: evidence, minimum: minimum / Frames.perStep, bridge: bridge / Frames.perStep)
    if runs.isEmpty { return [] }
    let background = MusicBackground.level(
      beside: runs, in: evidence.loudness, bridge: bridge / Frames.perStep)
    let judgement = MusicJudgement(
      evidence: evidence, minimum: minimum / Frames.perStep, background: background)
    let edges = MusicEdges(
      level: levels.level, excluded: excluded, evidence: evidence, minimum: minimum, background: background,
      beside: evidence.peaks.share(beside: runs))
    return
      runs
      .filter(judgement.isMusic)
      .map { edges.trim(Frames.perStep * $0.lowerBound..<Frames.perStep * $0.upperBound) }
      .bridged(gap: bridge)
      .filter { $0.count >= minimum }
  }
}
