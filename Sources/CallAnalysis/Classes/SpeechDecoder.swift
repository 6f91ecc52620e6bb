internal import CallModel

/// Finds the course of speech and silence that is most likely in all: Viterbi's algorithm over two states.
enum SpeechDecoder {
  /// What a change between speech and silence costs, in log-odds (our measurement: 3 to 8 give the same results).
  private static let change = Int32(5 * SpeechModel.unit)

  /// The runs of speech.
  ///
  /// - Parameters:
  ///   - logOdds: by frame, as ``SpeechModel`` gives them.
  ///   - shift: what is added to the log-odds of each frame.
  ///   - mayBe: whether a frame may be speech at all.
  /// - Complexity: O(n).
  static func speech(logOdds: [Int32], shift: Int32, where mayBe: [Bool]) -> [FrameRange] {
    // Two frames that can't be speech outweigh a change: what lies between such gaps is decided by itself.
    [FrameRange](of: mayBe).bridged(gap: 1).flatMap { stretch in
      let odds = stretch.map { mayBe[$0] ? logOdds[$0] + shift : -SpeechModel.limit }
      return runs(odds, isFollowed: stretch.upperBound < logOdds.count)
        .map { $0.lowerBound + stretch.lowerBound..<$0.upperBound + stretch.lowerBound }
    }
  }

  /// The runs of speech in a stretch between silences, or before the end.
  private static func runs(_ odds: [Int32], isFollowed: Bool) -> [FrameRange] {
    // How much likelier the best course is that is in speech than the best that is silent; beyond a change the likelier
    // one goes on in the other state.
    var leads = [Int32](repeating: 0, count: odds.count)
    var lead = -change
    for frame in odds.indices {
      leads[frame] = lead
      lead = min(max(lead, -change), change) + odds[frame]
    }
    var runs: [FrameRange] = []
    var end = odds.count
    var isSpeech = lead > (isFollowed ? change : 0)
    for frame in odds.indices.reversed() {
      let was = leads[frame] > change || isSpeech && leads[frame] >= -change
      if isSpeech && !was { runs.append(frame..<end) }
      if !isSpeech && was { end = frame }
      isSpeech = was
    }
    if isSpeech { runs.append(0..<end) }
    return runs.reversed()
  }
}
