internal import CallModel

/// What a leg carries beside music. Hold music is put on the line instead of the party, and the pauses of talk before and
/// after it are quiet; what is behind the party goes on in them.
struct MusicSurroundings {
  /// How a run of steps differs from its surroundings.
  struct Contrast {
    /// By how much its quiet parts are louder than the pauses before and after it, in dB: the less.
    var rise: Float
    /// By how much its share of steady peaks is larger than that of the pauses, in dB.
    var steadier: Float
  }

  let evidence: MusicEvidence
  /// Steps of talk.
  private let isTalk: [Bool]
  /// Steps that show what is beside music: in what may be music itself only those of talk.
  private let isBeside: [Bool]
  /// Steps of talk on the other leg; not those where music may go on there as well.
  private let isOtherTalk: [Bool]

  /// - Parameters:
  ///   - runs: what may be music.
  ///   - other: the evidence of the other leg; nil for none.
  init(of runs: [Range<Int>], in evidence: MusicEvidence, other: MusicEvidence?) {
    self.evidence = evidence
    isOtherTalk =
      other.map { other in
        let (isTalk, goesOn) = (Self.isTalk(in: other), other.goesOn)
        return [Bool](count: other.count) { isTalk[$0] && !goesOn[$0] }
      } ?? [Bool](repeating: false, count: evidence.count)
    let (isTalk, mayBeMusic) = (Self.isTalk(in: evidence), runs.mask(count: evidence.count))
    self.isTalk = isTalk
    isBeside = [Bool](count: evidence.count) { isTalk[$0] || !mayBeMusic[$0] }
  }

  /// How a run differs from what is before and after it; nil where that is too short.
  func contrast(of run: Range<Int>) -> Contrast? {
    let own = run.filter { !isTalk[$0] }
    let levels = own.map { evidence.loudness[$0] }
    guard let quiet = levels.quantile(Self.restQuantile), let typical = levels.quantile(0.5) else {
      return nil
    }
    let sides = [
      max(0, run.lowerBound - Self.reach)..<run.lowerBound,
      run.upperBound..<min(evidence.count, run.upperBound + Self.reach),
    ].map { $0.filter { isBeside[$0] } }.filter { $0.count >= Self.enough }
    guard let pauses = sides.compactMap({ level(ofPausesIn: $0) }).max() else { return nil }
    let still = sides.joined().filter { evidence.loudness[$0] < typical + Self.pauseDb }
    return Contrast(rise: quiet - pauses, steadier: decibels(ofShareIn: own) - decibels(ofShareIn: still))
  }

  /// Whether the other leg talks in a run as to somebody: nobody does to hold music.
  func isAnswered(_ run: Range<Int>) -> Bool {
    Float(run.count { isOtherTalk[$0] }) > Self.answeredShare * Float(run.count)
  }

  /// The level that sound in some steps does not fall below for long, in dBov; nil without steps.
  private func level(ofPausesIn steps: [Int]) -> Float? {
    steps.map { evidence.loudness[$0] }.quantile(Self.pauseQuantile)
  }

  /// The share of steady peaks in some steps, in dB.
  private func decibels(ofShareIn steps: [Int]) -> Float {
    SteadyPeaks.inDecibels(evidence.peaks.share(steps))
  }

  /// In which steps somebody talks: pitch glides as that of voices does.
  private static func isTalk(in evidence: MusicEvidence) -> [Bool] {
    stride(from: 0, through: evidence.count - window, by: hop).map { $0..<$0 + window }
      .filter { evidence.gliding.sum($0) > glideShare * Float(window) }
      .mask(count: evidence.count)
  }

  /// Glides are counted over this long, in steps: 1 s, a few syllables.
  private static let window = 50
  /// Windows are this many steps apart: 0.2 s.
  private static let hop = 10
  /// The share of steps of a window from which pitch glides where somebody talks: 7 to 45 % of whole calls' voices, up
  /// to 4 % of music (our measurement, 143 pieces); singing has more, and counts where it stands apart.
  private static let glideShare: Float = 0.12
  /// Talk this far before and after music tells what is beside it, in steps: 20 s. A background changes in a minute, and
  /// what is further off may lie beyond the section.
  private static let reach = 1000
  /// Less talk than this, in steps, tells nothing: 3 s.
  private static let enough = 150
  /// The quiet parts of music: a fifth of the time is quieter.
  private static let restQuantile = 0.2
  /// The pauses of talk: a tenth of the time is quieter. Talk may be dense.
  private static let pauseQuantile = 0.1
  /// Peaks are counted in what is at most this much louder than the music, in dB: not in the voice.
  private static let pauseDb: Float = 3
  /// The other leg talks to somebody where it does for this share of the time: in a conversation 30 to 60 %; who waits says
  /// a sentence or two.
  private static let answeredShare: Float = 0.2
}
