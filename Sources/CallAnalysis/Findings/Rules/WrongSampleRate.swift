internal import CallModel
internal import RealModule

/// The recording plays at twice or at half its speed: its header has another sample rate than its sound.
///
/// Speed moves pitch and pace together, as no two people do: the product of both, of the parties' mean, tells. Of calls
/// whose rate was falsified, 17 of 41 at twice their speed were found and 21 of 132 at half; of 22 simulated ones, one each
/// (our measurement).
struct WrongSampleRate: FindingRule {
  private let settings: AnalysisSettings

  init(settings: AnalysisSettings) { self.settings = settings }

  /// Each party talks at least this long, in s: one voice alone can be as high or as slow.
  private static let talkS = 10.0
  /// At twice the speed pitch times pace, in Hz and syllables per s, is beyond the first, and both talk faster than the
  /// second; at most 1357 and 5.63 in 89 calls as they are (our measurement).
  private static let fast = (product: 1700.0, pace: 6.2)
  /// At half the speed both are below these; at least 427 and, of the faster party, 3.4 (the same).
  private static let slow = (product: 330.0, pace: 3.1)
  /// Recorders of telephones do not write 8 kHz for less: sound of 8 kHz plays too fast from twice that on, in Hz.
  private static let fastestHz = 16_000
  /// Codecs that have one rate.
  private static let codecs: Set<String> = ["ULAW", "ALAW", "GSM610"]

  func findings(in call: CallSummary) -> [Finding] {
    let voices = Party.both.compactMap { party -> (pitch: Double, pace: Double)? in
      guard let talk = call[party].talk, talk >= Self.talkS, let pitch = call[party].pitch?.median,
        let pace = call[party].pace
      else { return nil }
      return (pitch, pace)
    }
    guard voices.count == 2 else { return [] }
    let product = (voices[0].pitch * voices[0].pace * voices[1].pitch * voices[1].pace).squareRoot()
    let paces = voices.map(\.pace).sorted()
    let rate = call.recording.sampleRate
    if product > Self.fast.product, paces[0] > Self.fast.pace, rate >= Self.fastestHz {
      return [finding("twice", rate / 2, paces[0], Self.fast.pace, in: call)]
    }
    if product < Self.slow.product, paces[1] < Self.slow.pace, !Self.codecs.contains(call.recording.encoding)
    {
      return [finding("half", rate * 2, paces[1], Self.slow.pace, in: call)]
    }
    return []
  }

  private func finding(
    _ speed: String, _ rate: Int, _ pace: Double, _ threshold: Double, in call: CallSummary
  ) -> Finding {
    call.finding(
      .wrongSampleRate, .alert, call.wholeRange, value: pace, threshold: threshold,
      "Both voices sound as if played at \(speed) their speed: the header says \(call.recording.sampleRate) Hz, the"
        + " sound seems to have \(rate).")
  }
}
