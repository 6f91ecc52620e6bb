internal import CallModel

/// Finds the course of speech and silence that is most likely in all: Viterbi's algorithm over two states.
enum SpeechDecoder {
  /// What a change between speech and silence costs, in log-odds: some five frames of half a unit each do not turn the
  /// course (our measurement: 3 to 8 give the same results).
  private static let change = Int32(5 * SpeechModel.unit)

  /// The runs of speech.
  ///
  /// - Parameters:
  ///   - logOdds: by frame, as ``SpeechModel`` gives them.
  ///   - shift: what is added to the log-odds of each frame.
  ///   - mayBe: whether a frame may be speech at all.
  /// - Complexity: O(n).
  static func speech(logOdds: [Int32], shift: Int32, where mayBe: [Bool]) -> [FrameRange] {
    // For each frame and state, whether the best course came from the other state.
    var turns = [(toSilence: Bool, toSpeech: Bool)](repeating: (false, false), count: logOdds.count)
    // How much likelier the best course is that is in speech than the best that is silent; more than a change never matters.
    var lead: Int32 = 0
    for frame in logOdds.indices {
      turns[frame] = (toSilence: lead > change, toSpeech: -lead > change)
      lead = min(max(lead, -change), change)
      lead += mayBe[frame] ? logOdds[frame] + shift : -SpeechModel.limit
    }
    var speech = [Bool](repeating: false, count: logOdds.count)
    var isSpeech = lead > 0
    for frame in logOdds.indices.reversed() {
      speech[frame] = isSpeech && mayBe[frame]
      if isSpeech ? turns[frame].toSpeech : turns[frame].toSilence { isSpeech.toggle() }
    }
    return [FrameRange](of: speech)
  }
}
