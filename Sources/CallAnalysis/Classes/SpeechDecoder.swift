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
    var states = [State](repeating: .leads, count: logOdds.count)
    // Two frames that can't be speech outweigh a change: what lies between such gaps is decided by itself.
    return [FrameRange](of: mayBe).bridged(gap: 1).flatMap { stretch in
      states.withUnsafeMutableBufferPointer { states in
        logOdds.withUnsafeBufferPointer { logOdds in
          runs(in: stretch, states: states) { mayBe[$0] ? logOdds[$0] &+ shift : -SpeechModel.limit }
        }
      }
    }
  }

  /// Which of the best courses up to a frame goes on in which state: the one that is in speech in both, each in its own,
  /// the silent one in both.
  private enum State { case leads, stays, trails }

  /// The runs of speech in a stretch between silences, or before the end.
  @inline(__always) private static func runs(
    in stretch: FrameRange, states: UnsafeMutableBufferPointer<State>, odds: (Int) -> Int32
  ) -> [FrameRange] {
    // How much likelier the best course is that is in speech than the best that is silent; beyond a change the likelier
    // one goes on in the other state.
    var lead = -change
    for frame in stretch {
      states[frame] = lead > change ? .leads : lead >= -change ? .stays : .trails
      lead = min(max(lead, -change), change) + odds(frame)
    }
    var runs: [FrameRange] = []
    var end = stretch.upperBound
    let isFollowed = end < states.count
    var isSpeech = lead > (isFollowed ? change : 0)
    for frame in stretch.reversed() {
      let was = states[frame] == .leads || isSpeech && states[frame] == .stays
      if isSpeech && !was { runs.append(frame..<end) }
      if !isSpeech && was { end = frame }
      isSpeech = was
    }
    if isSpeech { runs.append(stretch.lowerBound..<end) }
    return runs.reversed()
  }
}
