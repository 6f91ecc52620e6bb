import CallModel
import Testing

@testable import CallAnalysis

/// Openings over facts made by hand; frames are hundredths of a second.
struct OpeningTests {
  private func opening(
    _ rings: [FrameRange], sounds: [FrameRange], speech: [FrameRange] = []
  ) -> OpeningFacts {
    OpeningFacts(
      signals: rings.map { ToneSignal(type: .ringback, frames: $0, count: 2) }, sounds: sounds,
      speech: speech, turns: nil)
  }

  @Test func theAnswerFollowsTheLastRing() {
    let found = opening([100..<500, 900..<1300], sounds: [600..<700, 1400..<1600])
    #expect(found.ringCount == 4 && found.ringing == 100..<1300)
    #expect(found.answered == 1400)
  }

  /// Where somebody speaks between two rings, the first ringing was answered; a syllable is nobody.
  @Test func theFirstRingingCounts() {
    let found = opening(
      [100..<500, 900..<1300], sounds: [600..<700, 1400..<1600], speech: [600..<630, 1400..<1600])
    #expect(found.ringCount == 2 && found.ringing == 100..<500 && found.answered == 600)
    let syllable = opening(
      [100..<500, 900..<1300], sounds: [600..<629, 1400..<1600], speech: [600..<629, 1400..<1600])
    #expect(syllable.ringCount == 4 && syllable.answered == 1400)
  }

  /// The conversation begins where both have spoken for long enough.
  @Test func ringingLaterThanTheConversationIsNoOpening() {
    let both = ByParty(agent: [100..<130, 200..<220, 900..<950], customer: [300..<350])
    #expect(ConversationStart.frame(of: both, talk: 50) == 350)
    #expect(ConversationStart.frame(of: both, talk: 51) == nil)
    let signals = [100, 350].map { ToneSignal(type: .ringback, frames: $0..<$0 + 100, count: 1) }
    #expect(signals.withoutRings(after: 350).count == 1 && signals.withoutRings(after: nil).count == 2)
  }

  @Test func aClickIsNoAnswer() {
    #expect(opening([100..<500], sounds: [520..<531, 700..<712]).answered == 700)
    #expect(opening([100..<500], sounds: [520..<531]).answered == nil)
  }

  @Test func aBusyToneIsNoAnswer() {
    func answered(with type: CallEvent.Kind) -> Int? {
      OpeningFacts(
        signals: [
          ToneSignal(type: .ringback, frames: 100..<500, count: 2),
          ToneSignal(type: type, frames: 700..<900, count: 4),
        ], sounds: [700..<750, 800..<850, 1200..<1300], speech: [], turns: nil
      ).answered
    }
    #expect(answered(with: .busyTone) == 1200 && answered(with: .congestionTone) == 1200)
    #expect(answered(with: .beep) == 700)
  }

  @Test func withoutARingNothingIsAnswered() {
    let found = opening([], sounds: [0..<100])
    #expect(found.ringCount == 0 && found.ringing == nil && found.answered == nil)
  }
}
