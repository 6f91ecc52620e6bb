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
      legs[party].tail.cutOdds = -5
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
    // Nobody talks to hold music.
    call.speak(.customer, 2100..<2400, 5200..<5360)
    #expect(call.ending.kind == .abandonedOnHold)
    call.speak(.customer, 2100..<2400, 5200..<5361)
    #expect(call.ending.kind == .natural)
    call.speak(.customer, 2100..<2149)
    #expect(call.ending.kind == .abandonedInQueue)
    call.speak(.customer, 2100..<2150)
    #expect(call.ending.kind == .abandonedOnHold)
  }

  @Test func aFaxEndsACallUnlessAConversationFollows() {
    var call = Made()
    call.signals.agent = [ToneSignal(type: .fax, frames: 5100..<5200, count: 1)]
    #expect(call.ending.kind == .fax && !call.ending.abrupt && call.verdict.from == 51)
    call.legs.customer.fax = [5200..<5900]
    #expect(call.ending.kind == .fax)
    call.speak(.customer, 2100..<2400, 5901..<5990)
    #expect(call.ending.kind == .natural)
    call.speak(.agent)
    #expect(call.ending.kind == .fax)
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

  @Test func aLegDiesInMidWord() {
    var call = Made()
    call.legs.customer.tail.deadFrom = 5010
    call.legs.customer.tail.hadNoise = true
    call.legs.customer.tail.cutOdds = 0.51
    #expect(call.ending.kind == .cutOff && call.ending.abrupt && call.ending.cutParty == .customer)
    #expect(call.ending.firstLegGone == .customer && call.verdict.from == 45.1)
    #expect(call.ending.confidence == 0.62 && call.ending.evidence.count == 1)
    call.speak(.agent, 100..<2000, 2500..<5041)
    #expect(call.ending.evidence.last == "the agent goes on talking for 0.3 s")
    call.legs.customer.tail.cutOdds = 0.5
    #expect(call.ending.kind == .natural)
    call.legs.customer.tail.cutOdds = nil
    #expect(call.ending.kind == .natural)
  }

  /// Of two legs that die in mid-word the one that died first was cut.
  @Test func theFirstLegToDieWasCut() {
    var call = Made()
    for (party, frame) in [(Party.agent, 5100), (.customer, 5010)] {
      call.legs[party].tail = LegTail(deadFrom: frame, hadNoise: true, cutOdds: 3)
    }
    #expect(call.ending.cutParty == .customer)
    call.legs.agent.tail.deadFrom = 4900
    #expect(call.ending.cutParty == .agent)
  }

  /// A gate that closes makes a natural word fall as steeply: without noise to lose, a busy tone follows or the other
  /// party talks to nobody.
  @Test func aLegWithoutNoiseDiesWithABusyToneOrWhileTheOtherTalksToNobody() {
    var call = Made()
    call.legs.customer.tail = LegTail(deadFrom: 5000, hadNoise: false, cutOdds: 3)
    #expect(call.ending.kind == .natural)
    var busy = call
    busy.signals.customer = [ToneSignal(type: .busyTone, frames: 5050..<5800, count: 8)]
    #expect(busy.ending.kind == .cutOff && busy.ending.evidence.last == "a busy tone follows")
    busy.signals.customer[0].frames = 5051..<5800
    #expect(busy.ending.kind == .natural)
    call.speak(.agent, 100..<2000, 2500..<5400)
    #expect(call.ending.kind == .cutOff && call.ending.cutParty == .customer)
    call.speak(.agent, 100..<2000, 2500..<5399)
    #expect(call.ending.kind == .natural)
  }

  @Test func aWordIsCutByTheEnd() {
    var call = Made()
    call.legs.customer.tail.cutOdds = 2.2
    #expect(call.ending.kind == .cutOff && call.ending.cutParty == .customer && call.ending.confidence == 0.9)
    var faded = call
    faded.legs.customer.tail.cutOdds = 0.5
    #expect(faded.ending.kind == .natural)
    // A leg that dies within 0.2 s of the end dies with the call, as the noise on it shows.
    call.legs.customer.tail.deadFrom = 5980
    #expect(call.ending.kind == .natural)
    call.legs.customer.tail.hadNoise = true
    #expect(call.ending.kind == .cutOff && call.ending.firstLegGone == nil)
    // Of two the surer.
    call.legs.agent.tail.cutOdds = 2.3
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
    leg.tail.cutOdds = 0.6
    #expect(ending().kind == .cutOff && ending().cutParty == nil)
    leg.tail.cutOdds = 0.4
    #expect(ending().kind == .natural)
    leg.tail = LegTail(deadFrom: 5980, hadNoise: false, cutOdds: 0.6)
    #expect(ending().kind == .natural)
    signals = [ToneSignal(type: .congestionTone, frames: 5990..<5999, count: 2)]
    #expect(ending().kind == .cutOff)
    #expect(ending(truncated: true).kind == .truncatedRecording)
  }
}
