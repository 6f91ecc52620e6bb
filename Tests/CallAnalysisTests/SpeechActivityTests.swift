import CallModel
import SignalProcessing
import TestSupport
import Testing

@testable import CallAnalysis

@Suite struct SpeechActivityTests {
  /// The activity of one leg with this sound on a line with a little noise.
  private static func activity(
    of sound: [Double], parties: ChannelParties = .one, stretches: [FrameRange]? = nil
  ) -> SpeechActivity {
    let noise = Signal.noise(rms: 3e-4, seconds: Double(sound.count) / 8000, seed: 3)
    return activities(of: [zip(sound, noise).map { $0 + $1 }], parties: parties, stretches: stretches)[0]
  }

  /// The activity of each channel.
  private static func activities(
    of channels: [[Double]], parties: ChannelParties = .one, stretches: [FrameRange]? = nil
  ) -> [SpeechActivity] {
    var analyser = FrameAnalyser(
      sampleRate: 8000, channels: channels.count, legChannels: Array(channels.indices), ceiling: 32767)
    let samples =
      channels.count == 2 ? Signal.stereo(channels[0], channels[1]) : Signal.samples(channels[0])
    analyser.consume(samples.span)
    analyser.finish()
    let scenes = LegScene.scenes(
      of: analyser.track.legs, count: analyser.track.frameCount, settings: AnalysisSettings())
    let search = SpeechSearch(
      analyser.track, scenes: scenes, leakages: channels.map { _ in nil }, parties: parties,
      stretches: stretches, settings: ActivitySettings())
    return scenes.indices.map { search.activity(leg: $0) }
  }

  /// Six turns of 2 s with pauses of 1 s.
  private static func talk(pitch: Double, amplitude: Double) -> [Double] {
    let turn = Signal.voice(pitch: pitch, amplitude: amplitude, seconds: 2)
    return (0..<6).flatMap { _ in turn + Signal.silence(seconds: 1) }
  }

  /// Two stretches of 18 s: whatever sounds in one, the other gives the same.
  @Test func stretchesDoNotSeeEachOther() {
    let (first, second) = (0..<1750, 1800..<3550)
    let (low, high) = (Self.talk(pitch: 120, amplitude: 0.3), Self.talk(pitch: 210, amplitude: 0.05))
    let hiss = Signal.noise(rms: 0.02, seconds: 17, seed: 7) + Signal.silence(seconds: 1)
    let others = [low, high, hiss, Signal.silence(seconds: 18)]
    let firsts = others.map { Self.activity(of: low + $0, stretches: [first]) }
    let seconds = others.map { Self.activity(of: $0 + low, stretches: [second]) }
    let (firstsAgree, secondsAgree) = (Set(firsts).count == 1, Set(seconds).count == 1)
    #expect(firstsAgree && secondsAgree)
    #expect(firsts[0].speech.count == 6 && seconds[0].speech.count == 6)
    #expect(Self.activity(of: low + high, stretches: [second]).speech.count == 6)
  }

  @Test func speechLiesInTheStretchesAlone() {
    let stretches = [100..<300, 305..<611, 1000..<1003]
    let sound = Signal.voice(pitch: 120, amplitude: 0.3, seconds: 12)
    let found = Self.activity(of: sound, stretches: stretches)
    for runs in [found.speech, found.strict, found.lenient, found.core] {
      #expect(runs.count > 1)
      #expect(runs.intersection(stretches) == runs)
    }
  }

  /// In noise it is a question of odds where speech begins and ends.
  @Test func theOddsMoveWhatIsSpeech() {
    let hiss = Signal.noise(rms: 0.008, seconds: 18, seed: 5)
    let found = Self.activity(of: zip(Self.talk(pitch: 120, amplitude: 0.1), hiss).map { $0 + $1 })
    #expect(found.strict.frameTotal < found.speech.frameTotal)
    #expect(found.speech.frameTotal < found.lenient.frameTotal)
    #expect(found.strict.intersection(found.lenient) == found.strict)
  }

  @Test func allFramesAreTheWholeSection() {
    let sound = Self.talk(pitch: 120, amplitude: 0.3)
    let isWhole = Self.activity(of: sound, stretches: [0..<1_000_000]) == Self.activity(of: sound)
    #expect(isWhole)
    #expect(Self.activity(of: sound, stretches: []).speech.isEmpty)
  }

  /// A second voice, 23 dB softer: the other party on a channel with both, somebody in the room on one with one.
  @Test func theSofterVoiceIsTheOtherPartyWhereBothShareTheChannel() {
    let sound = Self.talk(pitch: 110, amplitude: 0.3) + Self.talk(pitch: 200, amplitude: 0.021)
    func talk(_ parties: ChannelParties) -> Int {
      Self.activity(of: sound, parties: parties).speech.map { $0.clamped(to: 1800..<3600) }.frameTotal
    }
    #expect(talk(.one) == 0)
    #expect(talk(.both) > 1000)
  }

  /// The same soft sentences, 16 dB below the party's turns: their own where the other is silent, somebody else's in the
  /// room where they are said while the other talks.
  @Test func softSpeechIsThePartysWhereItDoesNotMeetTheOther() {
    let turn = Signal.voice(pitch: 120, amplitude: 0.3, seconds: 2)
    let soft = Signal.voice(pitch: 140, amplitude: 0.3 * 0.158, seconds: 2)
    let pause = Signal.silence(seconds: 2)
    let other = Signal.voice(pitch: 210, amplitude: 0.3, seconds: 2)
    // Each round: a turn, a turn of the other, a pause of both; a soft sentence in one of the last two.
    let alone = (0..<12).flatMap { _ in turn + pause + soft }
    let against = (0..<12).flatMap { _ in turn + soft + pause }
    let others = (0..<12).flatMap { _ in pause + other + pause }
    func talk(_ party: [Double]) -> Int {
      let line = { (seed: UInt64) in Signal.noise(rms: 3e-4, seconds: 72, seed: seed) }
      let channels = [party, others].enumerated().map { index, sound in
        zip(sound, line(UInt64(index))).map { $0 + $1 }
      }
      return Self.activities(of: channels)[0].speech.frameTotal
    }
    #expect(abs(talk(alone) - 4800) < 200)
    // By the leg alone all of them are the party's.
    #expect(talk(against) < 3600)
  }
}
