import CallModel
import TestSupport
import Testing

@testable import CallAnalysis

/// Both legs with one sound, in the whole call or in a part of it.
struct SameSoundTests {
  /// Four minutes: a conversation of two voices over lines with noise.
  private static let call: (left: [Double], right: [Double]) = {
    var left: [Double] = []
    var right: [Double] = []
    for round in 0..<24 {
      left +=
        Signal.voice(pitch: 115 + Double(round % 3), amplitude: 0.3, seconds: 4) + Signal.silence(seconds: 6)
      right +=
        Signal.silence(seconds: 4.5) + Signal.voice(pitch: 205, amplitude: 0.1, seconds: 4.5)
        + Signal.silence(seconds: 1)
    }
    let noise = { (seed: UInt64) in Signal.noise(rms: 5e-4, seconds: 240, seed: seed) }
    return (
      zip(left, noise(1)).map { $0 + $1 }, zip(right, noise(2)).map { $0 + $1 }
    )
  }()

  private static let mix = zip(call.left, call.right).map { $0 + $1 }

  /// The talk of both parties within some seconds.
  private func talk(_ summary: CallSummary, in range: TimeRange) throws -> Double {
    try Party.allCases.reduce(0) { sum, party in
      sum
        + (try #require(summary[party].talkspurts)).reduce(0) { $0 + $1.overlap(with: range) }
    }
  }

  /// Half of the call is one mix on both channels: what is found there is the same, whether it comes first or last.
  @Test func theOrderOfTheHalvesDecidesNothing() throws {
    let (mix, call) = (Self.mix, Self.call)
    var settings = AnalysisSettings()
    settings.sections.lengthS = 120
    settings.sections.contextS = 20
    let first = Calls.summary(
      of: Signal.stereo(mix + call.left, mix + call.right), settings: settings)
    let last = Calls.summary(
      of: Signal.stereo(call.left + mix, call.right + mix), settings: settings)
    for (summary, mixed) in [(first, TimeRange(0, 240)), (last, TimeRange(240, 480))] {
      #expect(summary.mixed == nil)
      let found = try #require(summary.findings.first { $0.code == .bothChannelsSame })
      #expect(abs(found.start - mixed.start) <= 10 && abs(found.end - mixed.end) <= 10)
      #expect(summary.parties.agent.talkConfidence == .low)
    }
    let (a, b) = (try talk(first, in: TimeRange(0, 240)), try talk(last, in: TimeRange(240, 480)))
    #expect(a > 300 && abs(a - b) < 0.02 * a)
    let (c, d) = (try talk(first, in: TimeRange(240, 480)), try talk(last, in: TimeRange(0, 240)))
    #expect(c > 180 && abs(c - d) < 0.02 * c)
  }

  /// A gain between the channels changes nothing: a recorder amplifies one of them.
  @Test(arguments: [1, 0.63, 1.58, 0.3]) func oneSoundOnBothChannelsIsOneChannel(_ gain: Double) throws {
    let summary = Calls.summary(of: Signal.stereo(Self.mix, Self.mix.map { gain * $0 }))
    #expect(summary.mixed != nil)
    #expect(summary.findings.contains { $0.code == .bothChannelsSame })
    #expect(!summary.findings.contains { $0.code == .leakage || $0.code == .oneWayAudio })
  }

  /// Neither does a delay, polarity, or a codec on the way to one of them.
  @Test(arguments: [0, 40, 80, 240, 400]) func oneSoundThatIsMovedIsOneChannel(_ samples: Int) throws {
    let moved = Signal.silence(seconds: Double(samples) / 8000) + Self.mix.map { -0.7 * $0 }
    let part = Array(Self.mix.prefix(480_000))
    for other in [moved, Telephony.gsm(Array(moved.prefix(480_000))), Telephony.muLaw(moved)] {
      let other = Array(other.prefix(part.count))
      for legs in [(part, other), (other, part)] {
        let summary = Calls.summary(of: Signal.stereo(legs.0, legs.1))
        #expect(summary.mixed != nil)
        #expect(summary.findings.contains { $0.code == .bothChannelsSame })
      }
    }
  }

  /// An echo of one party alone is no mix, though nobody else speaks.
  @Test(arguments: [0.1, 0.3]) func anEchoOfOnePartyIsNoMix(_ gain: Double) {
    let left = Array(Self.call.left.prefix(480_000))
    let noise = Signal.noise(rms: 5e-4, seconds: 60, seed: 4)
    let right = left.indices.map { noise[$0] + ($0 >= 240 ? gain * left[$0 - 240] : 0) }
    #expect(Calls.summary(of: Signal.stereo(left, right)).mixed == nil)
  }

  /// Which leg is the louder decides nothing, also where the gain is the largest that an echo does not have.
  @Test(arguments: [11.9, 11.98, 12, 12.02, 12.1, 12.2] as [Float])
  func exchangedLegsAreAsMuchTheSame(_ gain: Float) {
    let level = (0..<6000).map { Float(-50 + ($0 * 7919) % 30) }
    // Differences lie between two steps as often as in them, and half of them lie on either side of the median.
    let other = level.indices.map { level[$0] - gain - ($0 % 2 == 0 ? 0 : 0.4) }
    let one = SameSound(levels: ByLeg(level, other), firstFrame: 0)
    let exchanged = SameSound(levels: ByLeg(other, level), firstFrame: 0)
    #expect(one.stretches.map(\.isSame) == exchanged.stretches.map(\.isSame))
    let plain = level.map { $0 - gain }
    let isSame = SameSound(levels: ByLeg(level, plain), firstFrame: 0).stretches.map(\.isSame)
    #expect(isSame == SameSound(levels: ByLeg(plain, level), firstFrame: 0).stretches.map(\.isSame))
    #expect(isSame == [gain < 12.05])
  }

  /// Levels that stand still leave no tolerance, also where the median of the differences lies between two steps.
  @Test func levelsThatStandStillShowNothing() {
    let still = [Float](repeating: -30, count: 3000)
    let other = still.indices.map { still[$0] + ($0 % 2 == 0 ? 1 : 1.125) }
    for legs in [ByLeg(still, other), ByLeg(other, still)] {
      #expect(SameSound(levels: legs, firstFrame: 0).stretches.map(\.isSame) == [false])
    }
  }

  /// Two noises of one level are two sounds, and so are two parties that hear each other.
  @Test func noisesOfOneLevelAreTwoSounds() {
    let noise = { (seed: UInt64) in Signal.noise(rms: 4e-3, seconds: 60, seed: seed) }
    #expect(Calls.summary(of: Signal.stereo(noise(1), noise(2))).conversation.sameSound == nil)
    let (left, right) = Self.call
    let echo = Calls.summary(
      of: Signal.stereo(
        zip(left, right).map { $0 + 0.2 * $1 }, zip(left, right).map { 0.2 * $0 + $1 }))
    #expect(echo.mixed == nil && echo.conversation.sameSound == nil)
  }

  /// Blocks of 10 s by the call's clock, whatever section they come in.
  @Test func aBlockIsJudgedByWhatIsAroundIt() {
    func levels(_ seed: Int, from first: Int, count: Int) -> [Float] {
      (first..<first + count).map { Float(-50 + ($0 * 7919 * seed) % 30) }
    }
    let same = ByLeg(levels(1, from: 0, count: 6000), levels(1, from: 0, count: 6000))
    #expect(SameSound(levels: same, firstFrame: 0).stretches.map(\.isSame) == [true])
    let other = ByLeg(
      levels(1, from: 0, count: 12_000), levels(1, from: 0, count: 6000) + levels(3, from: 6000, count: 6000))
    let parts = SameSound(levels: other, firstFrame: 0).stretches
    #expect(parts.map(\.isSame) == [true, false])
    let part = SameSound(levels: other.map { Array($0[2000...]) }, firstFrame: 2000)
    #expect(part.stretches[0].frames.upperBound == parts[0].frames.upperBound - 2000)
    #expect(part.compared(in: 0..<4000).same == part.stretches[0].frames.clamped(to: 0..<4000).count)
    // Silence is what the sound beside it is.
    let silent = ByLeg(
      levels(1, from: 0, count: 4000) + [Float](repeating: -90, count: 8000),
      levels(1, from: 0, count: 4000) + [Float](repeating: -90, count: 8000))
    #expect(SameSound(levels: silent, firstFrame: 0).stretches.map(\.isSame) == [true])
  }
}
