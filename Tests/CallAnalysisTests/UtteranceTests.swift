import CallModel
import Testing

@testable import CallAnalysis

/// Talkspurts joined to utterances; frames are hundredths of a second.
struct UtteranceTests {
  private func talkspurt(_ frames: FrameRange, level: Float = -20, pitch: Float? = 120) -> Talkspurt {
    Talkspurt(frames: frames, level: level, pitch: pitch, tilt: -3, syllables: 2)
  }

  @Test func shortPausesAreOfOneUtterance() {
    let spurts = [talkspurt(0..<50), talkspurt(109..<150), talkspurt(210..<260)]
    #expect(Utterance.joining(spurts).map(\.frames) == [0..<150, 210..<260])
  }

  @Test func shortOnesAndThoseWithoutAVoiceAreNone() {
    #expect(Utterance.joining([talkspurt(0..<39)]).isEmpty)
    #expect(Utterance.joining([talkspurt(0..<40)]).count == 1)
    #expect(Utterance.joining([talkspurt(0..<90, pitch: nil)]).isEmpty)
  }

  /// Levels are averaged as powers, pitches as semitones.
  @Test func theVoiceIsTheMeanByLength() throws {
    let both = try #require(
      Utterance.joining([
        talkspurt(0..<100, level: -20, pitch: 100), talkspurt(110..<210, level: -10, pitch: 200),
      ]).first)
    #expect(abs(both.voice[0] + 12.6) < 0.05)
    #expect(abs(both.voice[1] - Talkspurt.semitones(100) - 6) < 0.01)
  }
}
