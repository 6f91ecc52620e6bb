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
    let (minimumSteps, bridgeSteps) = (minimum / Frames.perStep, bridge / Frames.perStep)
    let runs = MusicCandidates.find(in: evidence, minimum: minimumSteps, bridge: bridgeSteps)
    var judgement = MusicJudgement(
      evidence: evidence, minimum: minimumSteps, runs: runs, bridge: bridgeSteps)
    let music = runs.filter { judgement.isMusic($0) }
    if music.isEmpty { return [] }
    let edges = MusicEdges(
      level: levels.level, excluded: excluded, evidence: evidence, minimum: minimum,
      background: judgement.background, beside: evidence.peaks.share(beside: runs))
    return
      music
      .map { edges.trim(Frames.perStep * $0.lowerBound..<Frames.perStep * $0.upperBound) }
      .bridged(gap: bridge)
      .filter { $0.count >= minimum }
  }
}
