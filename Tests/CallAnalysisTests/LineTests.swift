import CallModel
import Foundation
import SignalProcessing
import TestSupport
import Testing

@testable import CallAnalysis

/// Faults of lines and recorders, made in memory.
struct LineTests {
  /// A party that talks for 3 s of every 5, with noise.
  private static let talk: [Double] = {
    let voice = (0..<8).flatMap { turn in
      Signal.voice(pitch: 120 + 3 * Double(turn), amplitude: 0.3, seconds: 3) + Signal.silence(seconds: 2)
    }
    return zip(voice, Signal.noise(rms: 3e-4, seconds: 40, seed: 5)).map { $0 + $1 }
  }()

  private func quality(_ samples: [Int16]) -> LineQuality? {
    Calls.summary(of: samples.flatMap { [$0, 0] }).parties.agent.line
  }

  /// The samples with packets of 20 ms in mid-syllable, at places off the frames' grid, changed by `body`.
  private func withLoss(
    _ count: Int, run: Int = 1, offset: Int = 33, _ body: (inout [Int16], Range<Int>) -> Void
  ) -> [Int16] {
    var samples = Signal.samples(Self.talk)
    for loss in 0..<count {
      let start = (loss / 2 % 8 * 5 + 1 + loss % 2) * 8000 + 640 + offset
      body(&samples, start..<start + 160 * run)
    }
    return samples
  }

  /// What a converter adds changes nothing: neither holes, nor noise, nor a word.
  @Test(arguments: [0, 40, 300, -1500]) func anOffsetIsTakenOff(_ offset: Int) throws {
    let plain = withLoss(10) { samples, lost in for index in lost { samples[index] = 0 } }
    func summary(_ samples: [Int16]) -> CallSummary {
      Calls.summary(of: samples.flatMap { [Int16(clamping: Int($0) + offset), Int16(clamping: -offset)] })
    }
    let reference = Calls.summary(of: plain.flatMap { [$0, 0] }).parties.agent
    let found = summary(plain).parties.agent
    #expect(found.line?.dropoutLength?.count == 10 && reference.line?.dropoutLength?.count == 10)
    #expect(abs(try #require(found.noise) - #require(reference.noise)) <= 0.5)
    #expect(abs(try #require(found.level) - #require(reference.level)) <= 0.1)
    #expect(abs(try #require(found.talk) - #require(reference.talk)) <= 0.1)
  }

  /// Blocks of any size give the same, also where the offset begins with the answer.
  @Test func anOffsetThatBeginsIsTakenOff() throws {
    let talk = Signal.samples(Self.talk)
    let shifted = talk.map { Int16(clamping: Int($0) + 700) }
    let both = ([Int16](repeating: 0, count: 20_000) + shifted).flatMap { sample -> [Int16] in [sample, 0] }
    let summaries = [40, 4096, 100_000].map { Calls.summary(of: both, block: $0) }
    #expect(summaries[0] == summaries[1] && summaries[1] == summaries[2])
    #expect(try #require(summaries[0].parties.agent.noise) < -65)
  }

  @Test(arguments: [1, 2, 3]) func packetsThatAreSentAgainAreCounted(_ run: Int) throws {
    let samples = withLoss(10, run: run) { samples, lost in
      for index in lost { samples[index] = samples[index - 160] }
    }
    let line = try #require(quality(samples))
    let talk = try #require(Calls.summary(of: samples.flatMap { [$0, 0] }).parties.agent.talk)
    #expect(abs(try #require(line.repeatsPerMinute) - 10 * 60 / talk) < 0.1)
    #expect(line.dropoutsPerMinute == 0)
    let length = try #require(line.repeatLength?.median)
    #expect(abs(length - 0.02 * Double(run)) <= 0.011)
  }

  /// What is found in speech of one leg, frame by frame of 80 samples.
  private func repeats(_ frames: [[Int16]]) -> [FrameRange] {
    var analyser = FrameAnalyser(sampleRate: 8000, channels: 1, legChannels: [0], ceiling: 32767)
    let samples = Array(frames.joined())
    analyser.consume(samples.span)
    analyser.finish()
    let track = analyser.track
    return Repeats.find(leg: track.legs[0], count: frames.count, speech: [0..<frames.count])
  }

  /// A frame with the same peak in each quarter and some small samples in one of them.
  private func frame(_ small: Int16, inQuarter quarter: Int) -> [Int16] {
    (0..<80).map { $0 % 20 == 0 ? 1200 : $0 / 20 == quarter ? small : 0 }
  }

  @Test func aFrameThatIsOnlyAsLoudIsNoRepeat() {
    let (first, second) = (frame(100, inQuarter: 1), frame(100, inQuarter: 2))
    func others(_ first: Int16) -> [[Int16]] { (0..<8).map { frame(first + 10 * $0, inQuarter: 0) } }
    #expect(repeats(others(200) + [first] + [frame(300, inQuarter: 3)] + [first] + others(400)) == [10..<11])
    #expect(repeats(others(200) + [first] + [frame(300, inQuarter: 3)] + [second] + others(400)) == [])
  }

  /// Concealment fades out before 100 ms are over: what goes on is a tone.
  @Test func aToneIsNoRepeat() {
    let noise = Signal.samples(Signal.noise(rms: 0.1, seconds: 0.1, seed: 4))
    let before = (0..<10).map { Array(noise[80 * $0..<80 * ($0 + 1)]) }
    func tone(_ frames: Int) -> [[Int16]] { Array(repeating: frame(500, inQuarter: 1), count: frames) }
    #expect(repeats(before + tone(8) + before).map(\.count) == [7])
    #expect(repeats(before + tone(40) + before) == [])
  }

  @Test(arguments: [1, 2, 3]) func holesAreAsLongAsWhatWasLost(_ run: Int) throws {
    let samples = withLoss(10, run: run) { samples, lost in for index in lost { samples[index] = 0 } }
    let line = try #require(quality(samples))
    #expect(try #require(line.dropoutsPerMinute) > 20)
    #expect(line.repeatsPerMinute == 0)
    #expect(abs(try #require(line.dropoutLength?.median) - 0.02 * Double(run)) <= 0.005)
  }

  /// GSM 6.10 lets the voice die away and return where packets were lost before it.
  @Test func holesAreFoundThroughGSM() throws {
    let whole = Signal.samples(Telephony.gsm(Self.talk))
    let lost = withLoss(10, offset: 0) { samples, lost in for index in lost { samples[index] = 0 } }
    let smeared = Signal.samples(Telephony.gsm(lost.map { Double($0) / 32768 }))
    #expect(try #require(quality(whole)?.dropoutsPerMinute) == 0)
    let talk = try #require(Calls.summary(of: smeared.flatMap { [$0, 0] }).parties.agent.talk)
    let found = try #require(quality(smeared)?.dropoutsPerMinute) * talk / 60
    #expect((5...10.5).contains(found))
  }

  @Test func wholeLinesHaveNoRepeats() throws {
    let line = try #require(quality(Signal.samples(Self.talk)))
    #expect(line.repeatsPerMinute == 0 && line.dropoutsPerMinute == 0)
    #expect(line.repeatLength?.count == 0 && line.dropoutLength?.median == nil)
    // A tone repeats itself every 20 ms, and is no speech.
    let ring = Signal.silence(seconds: 1) + Signal.sine(450, amplitude: 0.2, seconds: 2)
    let rung = try #require(quality(Signal.samples(ring + Signal.silence(seconds: 3) + Self.talk)))
    #expect(rung.repeatsPerMinute == 0)
  }

  // MARK: Legs out of step

  /// Two parties who take turns of 2 to 7 s with gaps of 0.3 s, for three minutes; in frames.
  private static let turns: (agent: [FrameRange], customer: [FrameRange]) = {
    var legs: ([FrameRange], [FrameRange]) = ([], [])
    var at = 100
    for turn in 0..<40 {
      let length = 200 + turn * 137 % 500
      if turn % 2 == 0 { legs.0.append(at..<at + length) } else { legs.1.append(at..<at + length) }
      at += length + 30
    }
    return legs
  }()

  private func skew(_ late: Int, from: Int = 0) -> LegSkew {
    let customer = Self.turns.customer.map {
      $0.lowerBound < from ? $0 : $0.lowerBound + late..<$0.upperBound + late
    }
    return LegSkew(
      talkspurts: ByParty(agent: Self.turns.agent, customer: customer), frameCount: 19_000)
  }

  @Test func legsInStepAreInStep() {
    #expect(skew(0).lag == 0)
    #expect(skew(0).frames == nil)
    #expect(skew(20).lag == 0)
  }

  @Test(arguments: [200, 300, 500, -300]) func aLegThatIsLateIsTold(_ late: Int) throws {
    let skew = skew(late)
    #expect(abs(try #require(skew.lag) - Double(late) / 100) <= 0.4)
    #expect((skew.frames?.count ?? 0) >= 6000)
  }

  @Test func aLegThatGetsLateIsToldFromThere() throws {
    let skew = skew(400, from: 9000)
    #expect(abs(try #require(skew.lag) - 4) <= 0.4)
    #expect(try #require(skew.frames).lowerBound >= 3000)
  }

  /// The last step of a recording is not always whole.
  @Test func legsAreOutOfStepUntilTheEndAtMost() throws {
    let length = 14_995
    let customer = Self.turns.customer.map { $0.lowerBound + 300..<$0.upperBound + 300 }
    let call = ByParty(agent: Self.turns.agent, customer: customer).map { runs in
      runs.map { $0.clamped(to: 0..<length) }.filter { !$0.isEmpty }
    }
    let frames = try #require(LegSkew(talkspurts: call, frameCount: length).frames)
    #expect(frames.upperBound == length)
  }

  /// One window of a minute may be chance.
  @Test func aMinuteAloneDoesNotSayThatALegIsLate() {
    let early = Self.turns.agent.filter { $0.upperBound < 7000 }
    let late = Self.turns.customer.filter { $0.upperBound < 7000 }.map {
      $0.lowerBound + 300..<$0.upperBound + 300
    }
    let skew = LegSkew(talkspurts: ByParty(agent: early, customer: late), frameCount: 7500)
    #expect(skew.lag == 0 && skew.frames == nil)
  }

  @Test func whoTalksMuchAtOnceIsNotOutOfStep() {
    // Both talk on and on, whatever the other does.
    let agent = (0..<60).map { $0 * 300..<$0 * 300 + 150 + $0 * 37 % 120 }
    let customer = (0..<60).map { $0 * 300 + $0 * 53 % 200..<$0 * 300 + $0 * 53 % 200 + 90 }
    let skew = LegSkew(talkspurts: ByParty(agent: agent, customer: customer), frameCount: 18_000)
    #expect(skew.lag == 0)
    #expect(LegSkew(talkspurts: ByParty(agent: [], customer: customer), frameCount: 18_000).lag == nil)
  }
}
