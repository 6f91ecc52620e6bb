internal import CallModel

/// Runs of steps that may be music.
enum MusicCandidates {
  /// The runs in order of time: those where the evidence goes on; of those that are no music as a whole, the parts with
  /// more evidence than the mean, since it may hum before, after and beneath the music.
  ///
  /// - Parameters:
  ///   - minimum: the shortest music, in steps.
  ///   - bridge: the longest gap in music, in steps.
  static func find(in evidence: MusicEvidence, minimum: Int, bridge: Int) -> [Range<Int>] {
    let runs = [FrameRange](of: evidence.goesOn).bridged(gap: bridge)
    if runs.isEmpty { return [] }
    var judgement = MusicJudgement(evidence: evidence, minimum: minimum, runs: runs, bridge: bridge)
    return runs.flatMap { run -> [Range<Int>] in
      if judgement.isMusic(run) { return [run] }
      let mean = evidence.mean(run)
      return [FrameRange](of: run.map { evidence.evidence[$0] > mean }).bridged(gap: bridge)
        .map { run.lowerBound + $0.lowerBound..<run.lowerBound + $0.upperBound }
    }
  }
}
