import CallModel
import SignalProcessing
import TestSupport
import Testing

@testable import CallAnalysis

/// Cadences of ITU-T E.180 as countries use them: frequencies in Hz, then on and off times in seconds.
struct Cadence: Sendable, CustomStringConvertible {
  var description: String
  var frequencies: [Double]
  var pattern: [Double]
  var type: CallEvent.Kind

  static let all = [
    Cadence(description: "us ring", frequencies: [440, 480], pattern: [2, 4], type: .ringback),
    Cadence(description: "uk ring", frequencies: [400, 450], pattern: [0.4, 0.2, 0.4, 2], type: .ringback),
    Cadence(description: "de ring", frequencies: [425], pattern: [1, 4], type: .ringback),
    Cadence(description: "fr ring", frequencies: [440], pattern: [1.5, 3.5], type: .ringback),
    Cadence(description: "jp ring", frequencies: [400, 415], pattern: [1, 2], type: .ringback),
    Cadence(description: "us busy", frequencies: [480, 620], pattern: [0.5, 0.5], type: .busyTone),
    Cadence(description: "uk busy", frequencies: [400], pattern: [0.375, 0.375], type: .busyTone),
    Cadence(description: "de busy", frequencies: [425], pattern: [0.48, 0.48], type: .busyTone),
    Cadence(
      description: "us congestion", frequencies: [480, 620], pattern: [0.25, 0.25], type: .congestionTone),
    Cadence(
      description: "cz congestion", frequencies: [425], pattern: [0.165, 0.165], type: .congestionTone),
  ]

  func signal(seconds: Double, amplitude: Double) -> [Double] {
    var result: [Double] = []
    var index = 0
    while Double(result.count) < seconds * 8000 {
      let length = pattern[index % pattern.count]
      if index % 2 == 0 {
        let tones = frequencies.map { Signal.sine($0, amplitude: amplitude, seconds: length) }
        result += tones[0].indices.map { at in tones.reduce(0) { $0 + $1[at] } }
      } else {
        result += Signal.silence(seconds: length)
      }
      index += 1
    }
    return result
  }
}

struct ToneTests {
  private func summary(_ left: [Double], _ right: [Double]) -> CallSummary {
    Calls.summary(of: Signal.stereo(left, right))
  }

  private func noisy(_ signal: [Double], rms: Double, seed: UInt64) -> [Double] {
    let noise = Signal.noise(rms: rms, seconds: Double(signal.count) / 8000, seed: seed)
    return zip(signal, noise).map { $0 + $1 }
  }

  @Test(arguments: Cadence.all) func cadencesAreNamedAndAreNotSpeech(_ cadence: Cadence) {
    for amplitude in [0.2, 0.03] {
      let seconds = cadence.type == .ringback ? 14.0 : 5
      let signal = Signal.silence(seconds: 0.5) + cadence.signal(seconds: seconds, amplitude: amplitude)
      // 25 dB below one of the tones.
      let call = summary(
        noisy(signal, rms: amplitude / 25, seed: 11), Signal.noise(rms: 1e-3, seconds: 14, seed: 5))
      #expect(call.events.map(\.type) == [cadence.type])
      #expect(call.events.first.map { abs($0.start - 0.5) < 0.03 } == true)
      #expect(call.parties.agent.talk == 0)
    }
  }

  @Test func ringsAreCounted() {
    let double = Cadence.all[1].signal(seconds: 8.8, amplitude: 0.1)
    #expect(summary(double + Signal.silence(seconds: 3), Signal.silence(seconds: 12)).opening.ringCount == 3)
    let single = Cadence.all[2].signal(seconds: 11, amplitude: 0.1)
    #expect(summary(single + Signal.silence(seconds: 3), Signal.silence(seconds: 14)).opening.ringCount == 3)
  }

  /// A converter that cuts a beep off gives it a line at three times its frequency.
  @Test(arguments: [440, 850, 1000]) func aClippedBeepIsABeep(_ frequency: Double) throws {
    func beeps(gain: Double) -> [CallEvent] {
      let beep = Signal.sine(frequency, amplitude: 0.9, seconds: 0.45).map {
        min(max(gain * $0, -0.95), 0.95)
      }
      let voice = Signal.voice(pitch: 120, amplitude: 0.3, seconds: 4)
      let left = noisy(
        voice + Signal.silence(seconds: 0.5) + beep + Signal.silence(seconds: 5), rms: 1e-3, seed: 1)
      return summary(left, noisy(left.map { _ in 0 }, rms: 1e-3, seed: 2)).events.filter { $0.type == .beep }
    }
    let clean = try #require(beeps(gain: 1).first)
    #expect(abs(clean.start - 4.5) < 0.03)
    // The second is nearly square: the line at three times its frequency lies 9.5 dB below.
    for gain in [4.0, 40] {
      let clipped = try #require(beeps(gain: gain).first)
      #expect(abs(clipped.start - clean.start) < 0.03 && abs(clipped.end - clean.end) < 0.03)
    }
  }

  @Test func aVoiceIsNoTone() {
    let voice = Signal.voice(pitch: 210, amplitude: 0.3, seconds: 6) + Signal.silence(seconds: 1)
    let call = summary(noisy(voice, rms: 1e-3, seed: 2), Signal.noise(rms: 1e-3, seconds: 7, seed: 3))
    #expect(call.events.isEmpty)
    #expect((call.parties.agent.talk ?? 0) > 4.5)
  }

  // MARK: Groups of pulses

  /// A pulse from one frame to another, of one frequency in Hz.
  private func pulse(_ frames: Range<Int>, _ frequency: Float, level: Float = -20) -> Tone {
    Tone(frames: frames, first: frequency, second: 0, level: level, isSteady: true)
  }

  @Test func informationTonesAreThreeThatRise() {
    let rising = [pulse(0..<33, 950), pulse(36..<69, 1400), pulse(72..<105, 1800)]
    let settings = ToneSettings()
    #expect(ToneGroups.informationTones(in: rising, among: [0, 1, 2], settings: settings) == [[0, 1, 2]])
    // Falling, too slow, and one of them that is spoken for.
    let falling = [pulse(0..<33, 1800), pulse(36..<69, 1400), pulse(72..<105, 950)]
    #expect(ToneGroups.informationTones(in: falling, among: [0, 1, 2], settings: settings).isEmpty)
    let slow = [pulse(0..<33, 950), pulse(46..<79, 1400), pulse(82..<115, 1800)]
    #expect(ToneGroups.informationTones(in: slow, among: [0, 1, 2], settings: settings).isEmpty)
    #expect(ToneGroups.informationTones(in: rising, among: [0, 2], settings: settings).isEmpty)
  }

  @Test func evenBeepsAreThreeAlikeAtEvenIntervals() {
    let settings = ToneSettings()
    func groups(_ starts: [Int], frequencies: [Float]) -> [[Int]] {
      let pulses = zip(starts, frequencies).map { pulse($0..<$0 + 20, $1) }
      return ToneGroups.evenBeeps(in: pulses, among: Array(pulses.indices), settings: settings)
    }
    #expect(groups([0, 1000, 2010], frequencies: [440, 440, 441]) == [[0, 1, 2]])
    // Two, uneven, of two machines, too close.
    #expect(groups([0, 1000], frequencies: [440, 440]).isEmpty)
    #expect(groups([0, 1000, 2100], frequencies: [440, 440, 440]).isEmpty)
    #expect(groups([0, 1000, 2000], frequencies: [440, 500, 440]).isEmpty)
    #expect(groups([0, 200, 400], frequencies: [440, 440, 440]).isEmpty)
    // The beeps that announce a recording are no hold.
    #expect(groups([0, 1000, 2000], frequencies: [1400, 1400, 1400]).isEmpty)
  }

  @Test func cadencesAreBrokenByTimeFrequencyAndSpeech() {
    let settings = ToneSettings()
    let pulses = [
      pulse(0..<100, 425), pulse(500..<600, 425), pulse(550..<600, 620), pulse(1400..<1500, 425),
    ]
    func cadences(isBroken: (Tone, Tone) -> Bool) -> [[Int]] {
      ToneGroups.cadences(in: pulses, among: [0, 1, 2, 3], settings: settings, isBroken: isBroken)
    }
    #expect(cadences { _, _ in false } == [[0, 1], [2], [3]])
    #expect(cadences { _, _ in true } == [[0], [1], [2], [3]])
  }

  // MARK: Pulses and what is around them

  /// GSM 6.10 rings on in digital silence; what goes on for longer, or is louder, is another sound.
  @Test func theTailOfATone() {
    func tail(_ after: [Float], before others: [Tone] = []) -> Int {
      let tone = pulse(10..<40, 425)
      let level = [Float](repeating: -20, count: 40) + after
      return ToneTail(level: level).frames(after: tone, before: [tone] + others).count
    }
    let silence = [Float](repeating: -80, count: 100)
    let decay = (0..<20).map { -25 - Float($0) }
    #expect(tail(decay + silence) == 20)
    #expect(tail(silence) == 0)
    #expect(tail([Float](repeating: -30, count: 100)) == 0)
    #expect(tail([Float](repeating: -15, count: 20) + silence) == 0)
    // Where the next tone is there by then, the time between is the first one's.
    #expect(tail([Float](repeating: -30, count: 100), before: [pulse(60..<90, 620)]) == 20)
  }

  /// A high pulse is a tone where it is quiet on both sides; whistles and vowels run into speech.
  @Test func aHighToneStandsApart() {
    func tones(before: Float, after: Float) -> Int {
      let tone = pulse(100..<150, 1000)
      let level = [Float](repeating: before, count: 100) + [Float](repeating: -20, count: 50)
      return PulseAcceptance(level: level + [Float](repeating: after, count: 100), settings: ToneSettings())
        .tones(among: [tone]).count
    }
    #expect(tones(before: -60, after: -60) == 1)
    #expect(tones(before: -30, after: -30) == 1)
    #expect(tones(before: -25, after: -25) == 0)
    #expect(tones(before: -60, after: -25) == 0)
    #expect(tones(before: -25, after: -60) == 0)
  }

  /// An exchange repeats its pulses with nothing between, a melody does not.
  @Test func pulsesOfAnExchangeAreCertain() {
    func certain(_ pulses: [Tone], between: Float) -> [Bool] {
      var level = [Float](repeating: between, count: 1000)
      for tone in pulses { for frame in tone.frames { level[frame] = tone.level } }
      return ExchangePulses(level: level, settings: ToneSettings()).areCertain(pulses)
    }
    let ring = [pulse(100..<200, 425), pulse(600..<700, 425)]
    #expect(certain(ring, between: -70) == [true, true])
    #expect(certain(ring, between: -25) == [false, false])
    #expect(certain([ring[0], pulse(600..<700, 425, level: -30)], between: -70) == [false, false])
    #expect(certain([ring[0], pulse(600..<650, 425)], between: -70) == [false, false])
    #expect(certain([ring[0], pulse(600..<700, 460)], between: -70) == [false, false])
    #expect(certain([pulse(100..<200, 880), pulse(600..<700, 880)], between: -70) == [false, false])
  }

  // MARK: Tones of the other leg

  private func scenes(_ left: [Double], _ right: [Double]) -> [LegScene] {
    var analyser = FrameAnalyser(sampleRate: 8000, channels: 2, legChannels: [0, 1], ceiling: 32767)
    analyser.consume(Signal.stereo(left, right).span)
    analyser.finish()
    let track = analyser.track
    return LegScene.scenes(of: track.legs, count: track.frameCount, settings: AnalysisSettings())
  }

  /// A leg that hears the other's tone has no tone, nor speech; its scene is the same whichever leg comes first.
  @Test(arguments: [true, false]) func aLeakedToneIsTheOtherLegs(_ isLeft: Bool) throws {
    let beep =
      Signal.silence(seconds: 1) + Signal.sine(1000, amplitude: 0.3, seconds: 0.5)
      + Signal.silence(seconds: 1.5)
    let source = noisy(beep, rms: 1e-4, seed: 1)
    let target = noisy(beep.map { 0.1 * $0 }, rms: 1e-4, seed: 2)
    let both = isLeft ? scenes(source, target) : scenes(target, source).reversed()
    let (own, leaked) = (both[0], both[1])
    let tone = try #require(own.tones.first)
    #expect(own.tones.count == 1 && abs(tone.first - 1000) < 2)
    #expect(leaked.tones.isEmpty)
    #expect(tone.frames.allSatisfy { leaked.notSpeech[$0] && !leaked.usable[$0] })
    // Noise alone is left to measure the leg by.
    #expect(try #require(leaked.loud) < -70)
  }

  /// Two tones at once that are as loud are two, and each leg alone keeps its own.
  @Test func tonesOfBothLegsAreBothKept() {
    let beep =
      Signal.silence(seconds: 1) + Signal.sine(1000, amplitude: 0.3, seconds: 0.5)
      + Signal.silence(seconds: 1.5)
    let (left, right) = (noisy(beep, rms: 1e-4, seed: 1), noisy(beep.map { 0.6 * $0 }, rms: 1e-4, seed: 2))
    #expect(scenes(left, right).map(\.tones.count) == [1, 1])
  }

  /// The notes of a melody are no tones, be it hold music or too faint for that, on its leg or on the other.
  @Test func notesAreNoTones() {
    let notes = [660.0, 880, 740, 990, 830, 700, 1050, 930]
    let melody = (0..<40).flatMap { Signal.sine(notes[$0 * 3 % 8], amplitude: 0.3, seconds: 0.5) }
    let source = noisy(melody, rms: 1e-3, seed: 1)
    let target = noisy(melody.map { 0.03 * $0 }, rms: 2e-3, seed: 2)
    let both = scenes(source, target)
    #expect(!both[0].music.isEmpty && both[1].music.isEmpty)
    #expect(both.allSatisfy { $0.tones.isEmpty })
    #expect(scenes(melody.map { _ in 0 }, target)[1].tones.isEmpty)
  }

  /// A tone masks a number that is said: it begins and ends within words, on both legs, shorter or longer than a hold.
  @Test(arguments: [4.0, 12.0]) func aToneThatMasksWhatIsSaidIsATone(_ seconds: Double) throws {
    let turn = Signal.voice(pitch: 120, amplitude: 0.1, seconds: 3)
    let other = Signal.voice(pitch: 210, amplitude: 0.1, seconds: 3)
    let pause = Signal.silence(seconds: 3)
    let mask = Telephony.tone([1000], rms: 0.3, seconds: seconds)
    let noise = { (seed: UInt64) in Signal.noise(rms: 3e-4, seconds: 18 + seconds, seed: seed) }
    let left = turn + pause + turn + mask + turn + pause + turn
    let right = pause + other + pause + mask + pause + other + pause
    let summary = Calls.summary(
      of: Signal.stereo(zip(left, noise(1)).map { $0 + $1 }, zip(right, noise(2)).map { $0 + $1 }))
    for leg in Party.allCases {
      let tones = summary.events.filter { $0.leg == leg }
      #expect(tones.map(\.type) == [.tone])
      #expect(abs((tones.first?.start ?? 0) - 9) < 0.1 && abs((tones.first?.end ?? 0) - 9 - seconds) < 0.1)
    }
    #expect(abs(try #require(summary.parties.agent.talk) - 12) < 0.6)
    #expect(abs(try #require(summary.parties.customer.talk) - 6) < 0.6)
  }

  /// The line goes back to the exchange after the call: its dial tone is no hold, however long.
  @Test func aLongDialToneIsNoHold() {
    let turn = Signal.voice(pitch: 120, amplitude: 0.1, seconds: 3)
    let left = turn + Signal.silence(seconds: 3) + Telephony.tone([425], rms: 0.05, seconds: 12)
    let right = Signal.silence(seconds: 3) + turn + Signal.silence(seconds: 12)
    let noise = { (seed: UInt64) in Signal.noise(rms: 3e-4, seconds: 18, seed: seed) }
    let summary = Calls.summary(
      of: Signal.stereo(zip(left, noise(1)).map { $0 + $1 }, zip(right, noise(2)).map { $0 + $1 }))
    #expect(summary.events.filter { $0.leg != nil }.map(\.type) == [.dialTone])
    #expect(summary.ending.kind == .natural)
  }

  /// Two lines that are held are a tone as well, far apart too, and no music.
  @Test(arguments: [[1400.0, 2060], [950, 1600], [600, 800]]) func aHeldPairIsATone(frequencies: [Double]) {
    for level in [0.18, 0.006] {
      let tone = Telephony.tone(frequencies, rms: level, seconds: 10)
      let noise = Signal.noise(rms: level / 5.6, seconds: 14, seed: 3)
      let sent = noise.indices.map { noise[$0] + (8000..<88_000 ~= $0 ? tone[$0 - 8000] : 0) }
      let summary = Calls.summary(of: Signal.stereo(Telephony.muLaw(sent), []))
      #expect(summary.events.filter { $0.leg == .agent && $0.type != .legDead }.map(\.type) == [.tone])
      #expect(summary.parties.agent.talk ?? 1 < 0.1)
    }
  }
}
