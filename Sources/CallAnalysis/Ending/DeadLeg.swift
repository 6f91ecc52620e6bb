internal import CallModel

/// Whether a leg carries nothing more from a frame on, while the call goes on.
enum DeadLeg {
  /// The frame from which a leg is dead; nil where it is not, or nobody can tell.
  ///
  /// A leg that never carried anything is dead from the start. One that had noise to lose is dead where somebody talks on
  /// the other leg after it; one whose pauses were digital silence may only listen, for a while.
  ///
  /// - Parameter other: the other leg.
  static func start(of leg: LegRecord, other: LegRecord) -> Int? {
    guard let dead = leg.tail.deadFrom else { return nil }
    if dead == 0 { return leg.sounds.isEmpty ? 0 : nil }
    let talk = other.speech.map { $0.clamped(to: dead..<Int.max) }.frameTotal
    return talk >= (leg.tail.hadNoise ? talkAfterNoise : talkAfterSilence) ? dead : nil
  }

  /// Who says goodbye to a leg that is gone needs less than this, in frames: 2 s.
  private static let talkAfterNoise = 2 * Frames.perSecond
  /// Who listens says a word within so much of the other's talk, in frames: 20 s (our judgement).
  private static let talkAfterSilence = 20 * Frames.perSecond
}
