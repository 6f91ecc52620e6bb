import CallModel
import Testing

@testable import CallAnalysis

/// The rules about the end of a call over facts made by hand: each from both sides of its thresholds. Frames are
/// hundredths of a second; the recording lasts 60 s.
struct EndingRuleTests {
  /// A call of 60 s in which both parties spoke and fell silent at 50 s.
  private struct Made {
    var legs = ByParty { (_: Party) in LegRecord() }
    var signals = ByParty<[ToneSignal]>(agent: [], customer: [])
    var isTruncated = false

    init() {
      speak(.agent, 100..<2000, 2500..<4000)
      speak(.customer, 2100..<2400, 4100..<5000)
    }

    mutating func speak(_ party: Party, _ runs: FrameRange...) {
      legs[party].talkspurts = runs.map {
        Talkspurt(frames: $0, level: -20, pitch: 120, tilt: 0, syllables: 4)
      }
      legs[party].tail.decay = 40
    }

    var verdict: EndingVerdict {
      EndingRules.verdict(
        on: EndingEvidence(
          legs: legs, signals: signals, frameCount: 6000, duration: 60, isTruncated: isTruncated,
          settings: EndingSettings()))
    }

    var ending: Ending { verdict.ending }
  }

  private func beep(_ frames: FrameRange) -> ToneSignal { ToneSignal(type: .beep, frames: frames, count: 1) }

  @Test func aCallWithoutSignsComesToItsEnd() {
    var call = Made()
    #expect(call.ending.kind == .natural && !call.ending.abrupt && call.verdict.from == 50)
    call.isTruncated = true
    #expect(call.ending.kind == .truncatedRecording)
  }

  /// Both legs carry a beep, a few hundredths apart: what comes out depends on neither their order nor a hash.
  @Test(arguments: [0, 6]) func beepsOnBothLegsAreJudgedInOneWay(_ later: Int) {
    var call = Made()
    call.speak(.agent, 100..<2000)
    call.speak(.customer, 3200..<4000)
    call.signals.agent = [beep(3000..<3050)]
    #expect(call.ending.kind == .voicemail)
    call.signals.customer = [beep(3000 + later..<3056)]
    #expect(call.ending.kind == .voicemail && call.verdict.from == 30)
    // A beep of the other leg that comes later is another matter.
    call.signals.customer = [beep(3900..<3950)]
    #expect(call.ending.kind == .natural)
  }

  @Test func aVoicemailHasAnAnnouncementABeepAndNobodyAfterIt() {
    var call = Made()
    call.speak(.agent, 100..<2000)
    call.speak(.customer, 3200..<4000)
    call.signals.agent = [beep(3000..<3050)]
    var later = call
    later.speak(.agent, 100..<2000, 3300..<3400)
    #expect(later.ending.kind == .natural)
    var earlier = call
    earlier.speak(.customer, 500..<700, 3200..<4000)
    #expect(earlier.ending.kind == .natural)
    earlier.speak(.customer, 500..<600, 3200..<4000)
    #expect(earlier.ending.kind == .voicemail)
  }

  @Test func aHoldToTheEndIsLeft() {
    var call = Made()
    call.legs.agent.music = [5100..<5700]
    #expect(call.ending.kind == .abandonedOnHold && call.ending.abrupt && call.verdict.from == 51)
    call.legs.agent.music = [5100..<5699]
    #expect(call.ending.kind == .natural)
    call.legs.agent.music = [5100..<5900]
    call.speak(.customer, 2100..<2400, 5901..<5950)
    #expect(call.ending.kind == .natural)
    call.speak(.customer, 2100..<2149)
    #expect(call.ending.kind == .abandonedInQueue)
    call.speak(.customer, 2100..<2150)
    #expect(call.ending.kind == .abandonedOnHold)
  }

  @Test func whoSpeaksAloneIsAnAnnouncementUnlessThereAreWaits() {
    var call = Made()
    call.speak(.customer)
    #expect(call.ending.kind == .systemPrompt && call.ending.abrupt)
    call.speak(.agent, 100..<500, 700..<1000, 1200..<1500)
    #expect(call.ending.kind == .noConversation && !call.ending.abrupt)
    var other = Made()
    other.speak(.agent)
    #expect(other.ending.kind == .noConversation)
  }

  @Test func aLegDiesBeforeABusyTone() {
    var call = Made()
    call.legs.customer.tail.fall = 20
    call.signals.customer = [ToneSignal(type: .busyTone, frames: 5050..<5800, count: 8)]
    #expect(call.ending.kind == .cutOff && call.ending.cutParty == .customer)
    #expect(call.ending.firstLegGone == .customer && call.verdict.from == 45)
    call.signals.customer[0].frames = 5051..<5800
    #expect(call.ending.kind == .natural)
    call.signals.customer[0].frames = 5050..<5800
    call.legs.customer.tail.fall = 19.9
    #expect(call.ending.kind == .natural)
  }

  @Test func aLegDiesWithItsNoiseOrWhileTheOtherTalksToNobody() {
    var call = Made()
    call.speak(.agent, 100..<2000, 2500..<5030)
    call.legs.customer.tail.fall = 12
    call.legs.customer.tail.hadNoise = true
    call.legs.customer.tail.deadFrom = 5010
    #expect(call.ending.kind == .cutOff && call.ending.cutParty == .customer)
    var late = call
    late.legs.customer.tail.deadFrom = 5011
    #expect(late.ending.kind == .natural)
    var slow = call
    slow.legs.customer.tail.fall = 11.9
    #expect(slow.ending.kind == .natural)
    var short = call
    short.speak(.agent, 100..<2000, 2500..<5029)
    #expect(short.ending.kind == .natural)
    // Without noise to lose it falls steeply and the other talks for 4 s.
    call.legs.customer.tail.hadNoise = false
    #expect(call.ending.kind == .natural)
    call.legs.customer.tail.fall = 20
    call.speak(.agent, 100..<2000, 2500..<5400)
    #expect(call.ending.kind == .cutOff)
    call.speak(.agent, 100..<2000, 2500..<5399)
    #expect(call.ending.kind == .natural)
  }

  @Test func aWordIsCutByTheEnd() {
    var call = Made()
    call.speak(.customer, 2100..<2400, 5500..<5997)
    call.legs.customer.tail.decay = 25
    #expect(call.ending.kind == .cutOff && call.ending.cutParty == .customer && call.ending.confidence == 0.9)
    var early = call
    early.speak(.customer, 2100..<2400, 5500..<5996)
    early.legs.customer.tail.decay = 25
    #expect(early.ending.kind == .natural)
    var faded = call
    faded.legs.customer.tail.decay = 26
    #expect(faded.ending.kind == .natural)
    // Of two the louder at the end.
    call.speak(.agent, 100..<2000, 5400..<6000)
    call.legs.agent.tail.decay = 10
    #expect(call.ending.cutParty == .agent && call.ending.confidence == 0.6)
    call.isTruncated = true
    #expect(call.ending.kind == .truncatedRecording)
  }

  @Test func theLegThatIsGoneFirstIsTold() {
    var call = Made()
    call.legs.agent.tail.deadFrom = 5500
    call.legs.agent.tail.hadNoise = true
    call.legs.customer.tail.deadFrom = 5800
    #expect(call.ending.firstLegGone == .agent && call.ending.evidence.count == 2)
    call.legs.agent.tail.hadNoise = false
    #expect(call.ending.firstLegGone == nil)
    call.legs.agent.tail.hadNoise = true
    call.legs.agent.tail.deadFrom = 5980
    call.legs.customer.tail.deadFrom = nil
    #expect(call.ending.firstLegGone == nil)
  }

  @Test func oneChannelEndsByItsOwnRules() {
    var leg = LegRecord()
    var signals: [ToneSignal] = []
    func ending(truncated: Bool = false) -> Ending {
      OneChannelEnding(
        leg: leg, signals: signals, frameCount: 6000, duration: 60, isTruncated: truncated,
        settings: EndingSettings()
      ).verdict.ending
    }
    #expect(ending().kind == .noConversation)
    leg.music = [1000..<5000]
    #expect(ending().kind == .abandonedInQueue)
    leg.talkspurts = [Talkspurt(frames: 100..<900, level: nil, pitch: nil, tilt: nil, syllables: 0)]
    #expect(ending().kind == .natural)
    leg.music = [1000..<5800]
    #expect(ending().kind == .abandonedOnHold)
    leg.talkspurts.append(Talkspurt(frames: 5900..<5998, level: nil, pitch: nil, tilt: nil, syllables: 0))
    leg.tail.decay = 10
    #expect(ending().kind == .cutOff && ending().cutParty == nil)
    leg.tail.decay = 30
    #expect(ending().kind == .natural)
    leg.tail.fall = 20
    signals = [ToneSignal(type: .congestionTone, frames: 5990..<5999, count: 2)]
    #expect(ending().kind == .cutOff)
    #expect(ending(truncated: true).kind == .truncatedRecording)
  }
}
