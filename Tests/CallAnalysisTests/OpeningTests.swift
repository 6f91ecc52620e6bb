import CallModel
import Testing

@testable import CallAnalysis

/// Openings over facts made by hand; frames are hundredths of a second.
struct OpeningTests {
  private func opening(_ rings: [FrameRange], sounds: [FrameRange]) -> OpeningFacts {
    OpeningFacts(
      signals: rings.map { ToneSignal(type: .ringback, frames: $0, count: 2) }, sounds: sounds, turns: nil)
  }

  @Test func theAnswerFollowsTheLastRing() {
    let found = opening([100..<500, 900..<1300], sounds: [600..<700, 1400..<1600])
    #expect(found.ringCount == 4 && found.ringing == 100..<1300)
    #expect(found.answered == 1400)
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
        ], sounds: [700..<750, 800..<850, 1200..<1300], turns: nil
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
