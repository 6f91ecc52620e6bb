import CallModel
import FoundationEssentials
import TestSupport
import Testing

@testable import CallAnalysis

#if canImport(Glibc)
  import Glibc
#endif

/// Music on hold and behind a party.
struct MusicTests {
  /// Four chords of harmonic tones, half a second each, over and over.
  private func tune(seconds: Int, amplitude: Double = 1) -> [Double] {
    let chords = [[262.0, 330, 392], [220, 262, 330], [349, 440, 523], [392, 494, 587]]
    var tune: [Double] = []
    for beat in 0..<2 * seconds {
      let notes = chords[beat % 4].flatMap { note in
        (1...3).map { Signal.sine(note * Double($0), amplitude: 0.06 * amplitude / Double($0), seconds: 0.5) }
      }
      tune += notes[0].indices.map { at in notes.reduce(0) { $0 + $1[at] } }
    }
    return tune
  }

  /// A call whose agent's leg carries this, and whose customer's leg this or nothing; both with noise.
  private func call(_ agent: [Double], customer: [Double]? = nil) -> CallSummary {
    let legs = [agent, customer ?? agent.map { _ in 0 }]
    let noisy = zip(legs, [4, 6]).map { leg, seed in
      zip(leg, Signal.noise(rms: 1e-3, seconds: Double(leg.count) / 8000, seed: seed)).map(+)
    }
    return Calls.summary(of: Signal.stereo(noisy[0], noisy[1]))
  }

  /// Sentences of 3 s with pauses of 1 s.
  private func sentences(_ count: Int) -> [Double] {
    (0..<count).flatMap { _ in
      Signal.voice(pitch: 120, amplitude: 0.3, seconds: 3) + Signal.silence(seconds: 1)
    }
  }

  @Test func aTuneIsHoldMusicAndNotSpeech() throws {
    let call = call(sentences(1) + tune(seconds: 20))
    #expect(call.events.map(\.type) == [.hold])
    #expect(call.conversation.hold > 18)
    #expect(try #require(call.parties.agent.talk) < 3.5)
  }

  /// A crowd around the party hums on before and after the music.
  @Test func aTuneBesideACrowdIsHoldMusic() throws {
    let crowd = [101.0, 127, 163, 189, 211, 233].enumerated().map { index, pitch in
      Signal.silence(seconds: Double(index) * 0.37) + Signal.voice(pitch: pitch, amplitude: 0.06, seconds: 56)
    }
    let talk = Signal.voice(pitch: 120, amplitude: 0.3, seconds: 16)
    let left = talk + tune(seconds: 24) + talk
    let call = call(
      left.indices.map { index in
        left[index] + ((128_000..<320_000).contains(index) ? 0 : crowd.reduce(0) { $0 + $1[index] })
      })
    let hold = try #require(call.events.first { $0.type == .hold })
    #expect(abs(hold.start - 16) < 0.3 && abs(hold.end - 40) < 0.3)
    #expect(abs(try #require(call.parties.agent.talk) - 32) < 1)
  }

  /// Music that begins and ends with the party's silence is hold, however softly it is played.
  @Test func softMusicInsteadOfThePartyIsHold() throws {
    let call = call(sentences(5) + tune(seconds: 20, amplitude: 0.1) + sentences(5))
    let hold = try #require(call.events.first { $0.type == .hold })
    #expect(abs(hold.start - 20) < 0.5 && abs(hold.end - 40) < 0.5)
    #expect(!call.events.contains { $0.type == .deadAir })
  }

  /// The same music at the same level is background where it goes on in the pauses of talk: the stretch in which nobody
  /// talks is dead air, and all talk is found.
  @Test func musicBehindThePartyIsNoHold() throws {
    let left = sentences(5) + Signal.silence(seconds: 20) + sentences(5)
    let call = call(zip(left, tune(seconds: 60, amplitude: 0.1)).map(+))
    #expect(!call.events.contains { $0.type == .hold })
    let deadAir = try #require(call.events.first { $0.type == .deadAir })
    #expect(abs(deadAir.start - 19) < 0.5 && abs(deadAir.end - 40) < 0.5)
    #expect(abs(try #require(call.parties.agent.talk) - 30) < 1.5)
  }

  /// Background that begins with the party's second half of talk is none of the hold either.
  @Test func musicThatBeginsBehindThePartyIsNoHold() {
    let left = sentences(5) + Signal.silence(seconds: 20) + sentences(5)
    let music = Signal.silence(seconds: 20) + tune(seconds: 40, amplitude: 0.1)
    let call = call(zip(left, music).map(+))
    #expect(!call.events.contains { $0.type == .hold })
  }

  /// Where music goes on through the whole recording, who answers tells it: nobody talks to hold music for long. The
  /// same song on both legs is no answer.
  @Test func musicThatIsAnsweredIsNoHold() {
    func isMusic(_ call: CallSummary) -> Bool { call.events.contains { $0.kind == .music } }
    let music = tune(seconds: 40)
    #expect(isMusic(call(music)) && !isMusic(call(music, customer: sentences(10))))
    let song = zip(music, Signal.voice(pitch: 180, amplitude: 0.2, seconds: 40)).map(+)
    #expect(isMusic(call(song, customer: song)))
  }

  /// Mains hum and a fan behind a party who listens are no hold, whatever their level, and nobody has left it.
  @Test(arguments: [50.0, 60], [0.0056, 0.018]) func humAndFansAreNoHold(
    _ frequency: Double, _ rms: Double
  ) throws {
    let seconds = 40.0
    // What rectifiers and motors put on a line: harmonics that fall by 3 dB each.
    let partials = (1...20).map { number in
      Signal.sine(
        frequency * Double(number), amplitude: 0.7 * rms * pow(0.7, Double(number)), seconds: seconds)
    }
    let hum = partials[0].indices.map { index in partials.reduce(0) { $0 + $1[index] } }
    let fan = Signal.noise(rms: rms, seconds: seconds, seed: 8)
    for background in [hum, zip(hum, fan).map(+)] {
      var customer = background
      let word = Signal.voice(pitch: 210, amplitude: 0.3, seconds: 2)
      for index in word.indices { customer[index + 24_000] += word[index] }
      let call = call(sentences(9) + Signal.silence(seconds: 4), customer: customer)
      #expect(!call.events.contains { $0.type == .hold || $0.type == .dialTone })
      #expect(call.ending.kind == .natural)
      #expect(abs(try #require(call.parties.agent.talk) - 27) < 1)
    }
  }
}
