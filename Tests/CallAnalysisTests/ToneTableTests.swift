import CallModel
import TestSupport
import Testing

@testable import CallAnalysis

/// A signal of an exchange and what it must be called.
struct LineSignal: Sendable, CustomTestStringConvertible {
  /// What sounds, before levels: frequencies, or a frequency and what modulates it.
  enum Sound: Sendable {
    case lines([Double])
    case modulated(Double, by: Double)

    func samples(rms: Double, seconds: Double) -> [Double] {
      switch self {
      case .lines(let frequencies): Telephony.tone(frequencies, rms: rms, seconds: seconds)
      case .modulated(let frequency, let by): Telephony.tone(frequency, by: by, rms: rms, seconds: seconds)
      }
    }
  }

  var testDescription: String
  /// What sounds for how long, in seconds; nil for a pause.
  var parts: [(sound: Sound?, seconds: Double)]
  /// The events, each with this type.
  var type: CallEvent.Kind
  var count = 1

  /// Pulses and pauses in turn, so often; where there are two sounds they take turns.
  init(_ name: String, _ sounds: [Sound], _ pattern: [Double], times: Int, as type: CallEvent.Kind) {
    testDescription = name
    self.type = type
    parts = (0..<times * pattern.count).map { index in
      (index % 2 == 0 ? sounds[index / 2 % sounds.count] : nil, pattern[index % pattern.count])
    }
  }

  /// Single tones one after another, each followed by the same pause.
  init(_ name: String, _ tones: [([Double], Double)], pause: Double, count: Int = 1, as type: CallEvent.Kind)
  {
    testDescription = name
    self.type = type
    self.count = count
    parts = tones.flatMap { [(.lines($0.0), $0.1), (nil, pause)] }
  }

  /// The signal at a level in dBov, with white noise 15 dB below and a second of noise around.
  func samples(level: Double, seed: UInt64) -> [Double] {
    let rms = Self.amplitude(level)
    var sound = Signal.silence(seconds: 1.013)
    for part in parts {
      sound += part.sound?.samples(rms: rms, seconds: part.seconds) ?? Signal.silence(seconds: part.seconds)
    }
    sound += Signal.silence(seconds: 1)
    let noise = Signal.noise(
      rms: rms * Self.amplitude(-15), seconds: Double(sound.count) / 8000 + 0.01, seed: seed)
    return zip(sound, noise).map { $0 + $1 }
  }

  private static func amplitude(_ level: Double) -> Double {
    // The levels of the table, in dB.
    [-10: 0.316228, -15: 0.177828, -20: 0.1, -35: 0.0177828][level] ?? 1
  }
}

/// The tables of ITU-T E.180 and its supplement 2, of E.180 and Bellcore for information tones, and of Q.23,
/// as the countries use them.
extension LineSignal {
  static func ring(_ country: String, _ sound: Sound, _ pattern: [Double]) -> LineSignal {
    LineSignal("\(country) ring", [sound], pattern, times: pattern.count > 2 ? 3 : 2, as: .ringback)
  }

  static func busy(_ country: String, _ frequencies: [Double], _ seconds: Double) -> LineSignal {
    LineSignal("\(country) busy", [.lines(frequencies)], [seconds, seconds], times: 8, as: .busyTone)
  }

  static func congestion(_ country: String, _ sounds: [[Double]], _ pattern: [Double]) -> LineSignal {
    LineSignal(
      "\(country) congestion", sounds.map { .lines($0) }, pattern, times: pattern.count > 2 ? 4 : 8,
      as: .congestionTone)
  }

  static let double = [0.4, 0.2, 0.4, 2]

  static let rings: [LineSignal] = [
    ring("us", .lines([440, 480]), [2, 4]),
    ring("de it pl nl ch no dk fi ee gr cz ru br mx", .lines([425]), [1, 4]),
    ring("fr", .lines([440]), [1.5, 3.5]), ring("es", .lines([425]), [1.5, 3]),
    ring("be", .lines([425]), [1, 3]),
    ring("se pt", .lines([425]), [1, 5]), ring("at", .lines([420]), [1, 5]),
    ring("cn", .lines([450]), [1, 4]),
    ring("jp", .modulated(400, by: 15), [1, 2]), ring("jp, as a pair", .lines([400, 415]), [1, 2]),
    ring("uk nz", .lines([400, 450]), double), ring("au", .lines([413, 438]), double),
    ring("in", .modulated(400, by: 25), double), ring("za", .modulated(400, by: 33), double),
  ]

  static let busies: [LineSignal] = [
    busy("us", [480, 620], 0.5), busy("uk", [400], 0.375), busy("de", [425], 0.48), busy("fr", [440], 0.5),
    busy("it be pl nl ch no dk pt", [425], 0.5), busy("at", [420], 0.4), busy("fi ee gr", [425], 0.3),
    busy("cz", [425], 0.33), busy("ru", [425], 0.35), busy("in", [400], 0.75), busy("jp nz za", [400], 0.5),
    busy("cn", [450], 0.35), busy("au", [425], 0.375),
  ]

  static let congestions: [LineSignal] = [
    congestion("us", [[480, 620]], [0.25, 0.25]), congestion("uk", [[400]], [0.4, 0.35, 0.225, 0.525]),
    congestion("de", [[425]], [0.24, 0.24]), congestion("fr", [[440]], [0.25, 0.25]),
    congestion("es", [[425]], [0.2, 0.2, 0.2, 0.2, 0.2, 0.6]),
    congestion("it nl pt fi ee gr", [[425]], [0.2, 0.2]),
    congestion("ch no dk mx", [[425]], [0.25, 0.25]), congestion("be", [[425]], [0.167, 0.167]),
    congestion("se", [[425]], [0.25, 0.75]), congestion("at", [[420]], [0.2, 0.2]),
    congestion("cz", [[425]], [0.165, 0.165]), congestion("ru", [[425]], [0.175, 0.175]),
    congestion("br", [[425]], [0.25, 0.25, 0.75, 0.25]), congestion("in nz za", [[400]], [0.25, 0.25]),
    congestion("cn", [[450]], [0.7, 0.7]), congestion("au", [[425], [420]], [0.375, 0.375]),
  ]

  static let dialTones: [LineSignal] = [[350, 440], [350, 450], [425], [440], [400], [450]].map {
    LineSignal("dial \($0)", [.lines($0)], [5, 1], times: 1, as: .dialTone)
  }

  /// A line that is held is a tone at any frequency, never music.
  static let held: [LineSignal] = [1004, 1020, 2600].map {
    LineSignal("held \($0)", [.lines([$0])], [10, 1], times: 1, as: .tone)
  }

  static let informationTones: [LineSignal] =
    [
      (900, 1350, 1750, 0.26, 0.015), (950, 1400, 1800, 0.33, 0), (950, 1400, 1800, 0.33, 0.03),
      (1000, 1450, 1850, 0.4, 0.03),
    ]
    .map { (low, middle, high, length, pause) in
      LineSignal(
        "sit \(low) \(length) \(pause)", [([low], length), ([middle], length), ([high], length)],
        pause: pause,
        as: .sit)
    }
    + ["HLL SSL", "HLL LSL", "LHL SLL", "HLL SLL", "HHL LLL", "LLL LLL"].map { code in
      let letters = Array(code)
      let lengths = letters[4...].map { $0 == "S" ? 0.274 : 0.38 }
      return LineSignal(
        "sit \(code)",
        [
          ([letters[0] == "L" ? 913.8 : 985.2], lengths[0]),
          ([letters[1] == "L" ? 1370.6 : 1428.5], lengths[1]),
          ([1776.7], lengths[2]),
        ], pause: 0.002, as: .sit)
    }

  static let keys: [LineSignal] = [0.05, 0.065, 0.08, 0.1, 0.15, 0.2].flatMap { length in
    [0.07, 0.613].map { pause in
      LineSignal(
        "dtmf \(length) \(pause)",
        [697.0, 770, 852, 941].flatMap { row in [1209.0, 1336, 1477, 1633].map { ([row, $0], length) } },
        pause: max(pause, length / 2), count: 16, as: .dtmf)
    }
  }

  static let beeps: [LineSignal] =
    [0.08, 0.1, 0.15, 0.25, 0.4, 0.5].map {
      LineSignal(
        "recording \($0)", [([1400], $0), ([1400], $0), ([1400], $0)], pause: 5.037, count: 3, as: .beep)
    }
    + [(1000, 0.5), (1000, 0.2), (850, 0.3)].map {
      LineSignal("voicemail \($0)", [([$0], $1)], pause: 1, as: .beep)
    }
    + [LineSignal("answering fax", [([2100], 3)], pause: 1, as: .fax)]
    + [LineSignal("calling fax", [([1100], 0.5), ([1100], 0.5), ([1100], 0.5)], pause: 3, as: .fax)]

  static let holds: [LineSignal] = [
    (440, 0.2, 10), (425, 0.2, 10), (440, 0.1, 5), (440, 0.3, 15), (1000, 0.2, 10),
  ]
  .map { (frequency, length, interval) in
    LineSignal(
      "hold \(frequency) \(length)", [.lines([frequency])], [length, interval - length], times: 4, as: .hold)
  }

  /// Cadences that one country calls busy and another congestion: their length decides.
  static let ambiguous: [LineSignal] = [
    LineSignal("es busy", [.lines([425])], [0.2, 0.2], times: 12, as: .congestionTone),
    LineSignal("se br mx busy", [.lines([425])], [0.25, 0.25], times: 10, as: .congestionTone),
    LineSignal("pl congestion", [.lines([425])], [0.5, 0.5], times: 6, as: .busyTone),
    LineSignal("jp congestion", [.lines([400])], [0.5, 0.5], times: 6, as: .busyTone),
  ]

  static let all =
    rings + busies + congestions + dialTones + held + informationTones + keys + beeps + holds + ambiguous
}

struct ToneTableTests {
  /// Every signal keeps its name and is no talk, through codecs, at three levels, 15 dB above noise.
  @Test(arguments: LineSignal.all) func signalsAreNamedAndAreNotTalk(_ signal: LineSignal) throws {
    for level in [-10.0, -20, -35] {
      let sent = signal.samples(level: level, seed: 21)
      for (codec, received) in [("G.711", Telephony.muLaw(sent)), ("GSM 6.10", Telephony.gsm(sent))] {
        let call = Calls.summary(of: Signal.stereo(received, []))
        let events = call.events.filter { $0.type != .deadAir && $0.type != .legDead }
        #expect(
          events.map(\.type) == Array(repeating: signal.type, count: signal.count), "\(codec) at \(level)")
        #expect(
          events.allSatisfy {
            $0.leg == (signal.type == .fax ? nil : .agent) && ($0.kind == .beep) == (signal.type == .hold)
          })
        #expect(try #require(call.parties.agent.talk) < 0.1, "\(codec) at \(level)")
      }
    }
  }

  @Test func holdBeepsCountAsHold() {
    let beeps = LineSignal.holds[0].samples(level: -20, seed: 3)
    let call = Calls.summary(
      of: Signal.stereo(beeps, Signal.noise(rms: 1e-3, seconds: Double(beeps.count) / 8000, seed: 5)))
    #expect(abs(call.conversation.hold - 30.2) < 0.1)
  }

  /// Keys pressed while the other party talks are no talk of theirs, and do not break the other's.
  @Test func keysBesideAVoiceAreTimed() throws {
    let keys = LineSignal.keys[0].samples(level: -20, seed: 4)
    let voice = Signal.voice(pitch: 120, amplitude: 0.3, seconds: 4)
    let alone = Calls.summary(of: Signal.stereo(Signal.noise(rms: 1e-3, seconds: 4, seed: 7), voice))
    let call = Calls.summary(of: Signal.stereo(keys, voice))
    #expect(call.events.count { $0.type == .dtmf } == 16)
    #expect(abs(try #require(call.events.first { $0.type == .dtmf }).start - 1.013) < 0.03)
    #expect(call.parties.agent.talk == 0)
    #expect(call.parties.customer.talkspurts == alone.parties.customer.talkspurts)
  }
}
