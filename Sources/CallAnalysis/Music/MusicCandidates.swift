internal import CallModel

/// Runs of steps that may be music.
enum MusicCandidates {
  /// The runs in order of time: those where the evidence goes on; of those that are no music as a whole, the parts with
  /// more evidence than the mean, since it may hum before, after and beneath the music.
  ///
  /// - Parameters:
  ///   - other: the evidence of the other leg; nil for none.
  ///   - minimum: the shortest music, in steps.
  ///   - bridge: the longest gap in music, in steps.
  static func find(
    in evidence: MusicEvidence, other: MusicEvidence?, minimum: Int, bridge: Int
  ) -> [Range<Int>] {
    let runs = [FrameRange](of: evidence.goesOn).bridged(gap: bridge)
    if runs.isEmpty { return [] }
    let judgement = MusicJudgement(
      evidence: evidence, minimum: minimum,
      surroundings: MusicSurroundings(of: runs, in: evidence, other: other))
    return runs.flatMap { run -> [Range<Int>] in
      if judgement.isMusic(run) { return [run] }
      let mean = evidence.mean(run)
      return [FrameRange](of: run.map { evidence.evidence[$0] > mean }).bridged(gap: bridge)
        .map { run.lowerBound + $0.lowerBound..<run.lowerBound + $0.upperBound }
    }
  }
}
