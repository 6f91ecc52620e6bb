internal import CallModel

/// Hold music: spectral peaks stand still for a fifth of a second, as those of speech never do for long, and the
/// sound goes on, where speech pauses and closes the lips.
enum Music {
  /// The stretches of music of a leg, in frames of the section: candidates, judgement, edges.
  ///
  /// - Parameters:
  ///   - other: the evidence of the other leg; nil for none.
  ///   - level: the level of each frame in dBov.
  ///   - excluded: frames of signalling tones, which stand still as well.
  static func find(
    by evidence: MusicEvidence, other: MusicEvidence?, level: [Float], excluded: [Bool],
    settings: MusicSettings
  ) -> [FrameRange] {
    let minimum = Frames.count(seconds: settings.minimumS)
    let bridge = Frames.count(seconds: settings.bridgeS)
    let (minimumSteps, bridgeSteps) = (minimum / Frames.perStep, bridge / Frames.perStep)
    let runs = MusicCandidates.find(in: evidence, other: other, minimum: minimumSteps, bridge: bridgeSteps)
    let judgement = MusicJudgement(
      evidence: evidence, minimum: minimumSteps,
      surroundings: MusicSurroundings(of: runs, in: evidence, other: other))
    let music = runs.filter { judgement.isMusic($0) }
    if music.isEmpty { return [] }
    let edges = MusicEdges(
      level: level, excluded: excluded, evidence: evidence, minimum: minimum,
      background: background(beside: runs, in: evidence, bridge: bridgeSteps),
      beside: evidence.peaks.share(beside: runs))
    return
      music
      .map { edges.trim(Frames.perStep * $0.lowerBound..<Frames.perStep * $0.upperBound) }
      .bridged(gap: bridge)
      .filter { $0.count >= minimum }
  }

  /// The level of the quiet parts of what is heard beside some runs of steps, in dBov; -200 where that is shorter than
  /// the longest gap in music, in steps.
  private static func background(beside runs: [Range<Int>], in evidence: MusicEvidence, bridge: Int) -> Float
  {
    let beside = evidence.loudness.taken(by: runs.mask(count: evidence.count).map { !$0 })
    return beside.count >= bridge ? beside.quantile(quietQuantile) ?? -200 : -200
  }

  /// What is quieter for a fifth of the time is rests.
  private static let quietQuantile = 0.2
}
