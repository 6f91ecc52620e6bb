import CallAnalysis
import CallModel
import TestSupport
import Testing

/// The landmarks of a call whose agent says `speech` after so many seconds, over a line with noise.
private func landmarks(
  _ speech: [Double], after seconds: Double, gain: Double = 1, seed: UInt64, noise: Double = 0.0008,
  keeping: Bool = true
) -> [Landmark] {
  let clean = Signal.silence(seconds: seconds) + speech.map { $0 * gain } + Signal.silence(seconds: 1.5)
  let length = Double(clean.count) / 8000
  let line = Signal.noise(rms: noise, seconds: length, seed: seed)
  let agent = zip(clean, line).map { $0 + $1 }
  let samples = Signal.stereo(agent, Signal.noise(rms: 0.0008, seconds: length, seed: seed + 1))
  var analyzer = CallAnalyzer(
    format: SignalFormat(sampleRate: 8000, channels: 2, encoding: "PCM_16"), settings: AnalysisSettings(),
    keepingLandmarks: keeping)
  analyzer.consume(samples.span)
  return analyzer.finishWithLandmarks(
    recording: Recording(
      path: RecordingPath("call.wav"), bytes: 0, sha256: "", container: "WAV", encoding: "PCM_16",
      sampleRate: 8000, channels: 2, duration: length, status: .ok),
    analysis: Analysis(version: "test", settingsHash: ""), roles: .left
  ).landmarks
}

private func shared(_ a: [Landmark], _ b: [Landmark]) -> [SharedStretch] {
  LandmarkIndex([a], settings: PromptSettings()).stretches(with: 7, b).map(\.stretch)
}

@Suite struct SharedStretchTests {
  private let prompt = Signal.voice(pitch: 120, amplitude: 0.3, seconds: 4)

  /// Offsets that are no whole number of steps are the hard ones: the grids of both calls lie apart.
  @Test(arguments: [(2.0, 1.0), (3.21, 0.4), (5.007, 2.0), (7.3331, 0.25)])
  func theSameRecordingIsSharedAtAnyPlaceAndLevel(after: Double, gain: Double) throws {
    let one = landmarks(prompt, after: 2, seed: 1)
    let other = landmarks(prompt, after: after, gain: gain, seed: 11)
    let stretches = shared(one, other)
    #expect(stretches.count == 1)
    let stretch = try #require(stretches.first)
    #expect(stretch.other == 7)
    #expect(abs(Double(stretch.shift) * Landmark.hop - (after - 2)) <= 0.03)
    #expect(stretch.steps.count * 2 > 300, "three of four seconds")
    #expect(stretch.steps.lowerBound >= 95 && stretch.steps.upperBound <= 305)
  }

  @Test func bothSidesSeeTheSame() throws {
    let one = landmarks(prompt, after: 2, seed: 1)
    let other = landmarks(prompt, after: 3.5, gain: 0.5, seed: 11)
    let there = try #require(shared(one, other).first)
    let back = try #require(shared(other, one).first)
    #expect(abs(back.shift + there.shift) <= 2)
    #expect(abs(there.mapped(there.steps).lowerBound - back.steps.lowerBound) <= 2)
    #expect(abs(there.mapped(there.steps).upperBound - back.steps.upperBound) <= 2)
  }

  @Test(arguments: [95.0, 150, 190, 240])
  func anotherVoiceIsAnotherSound(pitch: Double) {
    let one = landmarks(prompt, after: 2, seed: 1)
    let other = landmarks(Signal.voice(pitch: pitch, amplitude: 0.3, seconds: 4), after: 2, seed: 11)
    #expect(!other.isEmpty)
    #expect(shared(one, other).isEmpty)
  }

  @Test func whatIsShortIsNotShared() {
    let word = Array(prompt.prefix(8000))
    #expect(shared(landmarks(word, after: 2, seed: 1), landmarks(word, after: 3, seed: 11)).isEmpty)
  }

  @Test func landmarksAreFewAndOnlyWhereAskedFor() {
    let found = landmarks(prompt, after: 2, seed: 1)
    #expect((8...30).contains(found.count / 4), "\(found.count) in 4 s")
    #expect(found.allSatisfy { (95...305).contains($0.step) })
    #expect(zip(found, found.dropFirst()).allSatisfy { $0.step < $1.step })
    #expect(landmarks(prompt, after: 2, seed: 1, keeping: false).isEmpty)
    let tone = Signal.sine(440, amplitude: 0.3, seconds: 4)
    #expect(landmarks(tone, after: 2, seed: 1).isEmpty)
  }

  @Test func manyCallsAreToldApart() {
    let voices = [100.0, 120, 145, 180].map { Signal.voice(pitch: $0, amplitude: 0.3, seconds: 3) }
    let calls = voices.enumerated().map { landmarks($1, after: 2, seed: UInt64(20 * $0)) }
    let index = LandmarkIndex(calls, settings: PromptSettings())
    for (number, voice) in voices.enumerated() {
      let found = index.stretches(with: 1, landmarks(voice, after: 4.1, seed: 500 + UInt64(number)))
      #expect(found.map(\.call) == [number])
    }
  }

  @Test func promptsAreAPartOfTheTalkAndComeBeforeTheAgent() {
    // The agent talks from 0 to 1.25 s and from 1.6 to 4.02 s.
    let call = CallSummary.sample()
    func withPrompts(_ ranges: TimeRange...) -> CallSummary {
      call.withPrompts(ranges.map { ($0, .ivr) }, settings: AnalysisSettings())
    }
    let menu = withPrompts(TimeRange(0, 1.3))
    #expect(menu.conversation.promptTalk == 1.25 && menu.opening.prompt == 1.3)
    let later = withPrompts(TimeRange(1.6, 4.02))
    #expect(later.conversation.promptTalk == 2.42 && later.opening.prompt == 0)
    let both = withPrompts(TimeRange(0, 1.25), TimeRange(1.6, 4.02))
    #expect(both.conversation.promptTalk == 3.67 && both.opening.prompt == 3.67)
    #expect(both.parties.agent.talk == call.parties.agent.talk)
    #expect(withPrompts() == call && call.conversation.promptTalk == nil)
  }

  /// A call whose agent only plays prompts ends as they say.
  @Test func promptsAloneDecideTheEnding() {
    let call = CallSummary.sample()
    func ending(_ kind: PromptKind, _ change: (inout CallSummary) -> Void = { _ in }) -> CallSummary {
      var call = call
      change(&call)
      return call.withPrompts(
        [(TimeRange(0, 1.25), kind), (TimeRange(1.6, 4.02), kind)], settings: AnalysisSettings())
    }
    let menu = ending(.ivr)
    #expect(menu.ending.kind == .systemPrompt && menu.ending.abrupt && menu.ending.from == 1.6)
    #expect(menu.findings.contains { $0.code == .noHumanAnswered && $0.start == 1.6 })
    let voicemail = ending(.voicemail)
    #expect(voicemail.ending.kind == .voicemail && !voicemail.ending.abrupt)
    #expect(voicemail.findings.contains { $0.code == .voicemail })
    // A beep after an announcement without a label is a voicemail's.
    let beep = ending(.unlabelled) { $0.events.append(CallEvent(.beep, start: 4, end: 4.3, leg: .agent)) }
    #expect(beep.ending.kind == .voicemail)
    #expect(ending(.holdAnnouncement).ending == call.ending)
    #expect(ending(.ivr) { $0.ending.kind = .abandonedOnHold }.ending.kind == .abandonedOnHold)
    #expect(
      call.withPrompts([(TimeRange(0, 1.25), .ivr)], settings: AnalysisSettings()).ending == call.ending)
  }
}
