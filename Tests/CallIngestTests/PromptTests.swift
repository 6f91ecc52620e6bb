import CallAnalysis
import CallAudio
import CallIngest
import CallModel
import CallStore
import GRDB
import TestSupport
import Testing

/// A share of short calls with prompts, analysed in earnest, and a store beside it.
private struct PromptShare {
  let folder = TemporaryFolder()
  let share: RecordingPath
  static let settings = AnalysisSettings()
  static let closed = Signal.voice(pitch: 120, amplitude: 0.3, seconds: 4)

  init() { share = folder.makeFolder("share") }

  /// Writes a call: the agent's leg carries `agent` after a while, the customer's `customer` from the start, both
  /// over a line with noise of its own.
  func write(
    _ name: String, _ agent: [Double], after seconds: Double = 1, gain: Double = 1,
    customer: [Double] = [], as form: LibrarySound.Form = .pcm16, noise: Double = 0.0008
  ) {
    let seed = name.utf8.reduce(UInt64(7)) { $0 &* 31 &+ UInt64($1) }
    let clean = Signal.silence(seconds: seconds) + agent.map { $0 * gain } + Signal.silence(seconds: 1)
    let length = Double(max(clean.count, customer.count)) / 8000
    func leg(_ signal: [Double], _ seed: UInt64) -> [Double] {
      Signal.noise(rms: noise, seconds: length, seed: seed).enumerated().map { index, value in
        value + (index < signal.count ? signal[index] : 0)
      }
    }
    LibrarySound.write(
      Signal.stereo(leg(clean, seed), leg(customer, seed &+ 1)),
      to: share.appending(Array(name.utf8)), as: form, channels: 2)
  }

  /// Three calls with the same prompt at other places, levels, lines and codecs.
  func writeThree() {
    write("a.wav", Self.closed)
    write("b.wav", Self.closed, after: 2.317, gain: 0.4, as: .ulaw, noise: 0.0015)
    write("c.wav", Self.closed, after: 3.11, gain: 1.5, as: .alaw)
  }

  func store(_ name: String = "calls.sqlite") throws -> CallStore {
    try CallStore(at: folder.path.text + "/" + name)
  }

  @discardableResult
  func ingest(_ names: [String]? = nil, into store: CallStore, hash: String = "a") throws -> IngestResult {
    let options = PipelineOptions(
      settings: Self.settings, limits: ReadingLimits(), roles: .left,
      analysis: Analysis(version: "1", settingsHash: hash))
    let paths = names.map { $0.map { share.appending(Array($0.utf8)) } } ?? [share]
    return try CallIngest.ingest(paths, into: store, options: options, jobs: 2)
  }

  func calls(in store: CallStore) throws -> [String: CallSummary] {
    var calls: [String: CallSummary] = [:]
    try store.forEachRecording(in: Selection()) { recording in
      guard case .analysed(let call) = try recording.outcome() else { return }
      calls[RecordingPath(call.recording.path).name.text] = call
    }
    return calls
  }

  func prompts(in call: CallSummary?) -> [CallEvent] { call?.events.filter { $0.type == .prompt } ?? [] }
}

@Suite struct PromptTests {
  @Test func threeCallsWithTheSamePromptShareIt() throws {
    let share = PromptShare()
    share.writeThree()
    share.write("other-voice-1.wav", Signal.voice(pitch: 170, amplitude: 0.3, seconds: 4))
    share.write("other-voice-2.wav", Signal.voice(pitch: 210, amplitude: 0.3, seconds: 4), after: 2)
    let store = try share.store()
    #expect(try share.ingest(into: store).newPrompts == 1)

    let prompt = try #require(try store.prompts().first)
    #expect(try store.prompts().count == 1)
    #expect(prompt.calls == 3 && prompt.kind == .unlabelled && prompt.label == nil)
    #expect(abs(prompt.length - 4) < 0.3)
    #expect(prompt.path?.hasSuffix("/a.wav") == true)
    #expect(abs((prompt.start ?? 0) - 1) < 0.3)

    let calls = try share.calls(in: store)
    for (name, start) in ["a.wav": 1.0, "b.wav": 2.317, "c.wav": 3.11] {
      let events = share.prompts(in: calls[name])
      #expect(events.count == 1 && events.first?.leg == .agent, "\(name)")
      #expect(abs((events.first?.start ?? 0) - start) < 0.3, "\(name)")
      #expect(abs((events.first?.end ?? 0) - start - 4) < 0.3, "\(name)")
    }
    #expect(share.prompts(in: calls["other-voice-1.wav"]).isEmpty)
    #expect(share.prompts(in: calls["other-voice-2.wav"]).isEmpty)
  }

  @Test func twoCallsAreNotEnoughAndCopiesCountOnce() throws {
    let share = PromptShare()
    share.write("a.wav", PromptShare.closed)
    share.write("b.wav", PromptShare.closed, after: 2)
    share.folder.write(
      TemporaryFolder.read(share.share.appending(Array("a.wav".utf8))), as: "share/copy.wav")
    let store = try share.store()
    #expect(try share.ingest(into: store).newPrompts == 0)
    #expect(try store.prompts().isEmpty)
    #expect(try share.calls(in: store).values.allSatisfy { share.prompts(in: $0).isEmpty })
  }

  @Test(arguments: [["a.wav", "b.wav", "c.wav"], ["c.wav", "a.wav", "b.wav"], ["b.wav", "c.wav", "a.wav"]])
  func nightByNightInAnyOrderTheSame(order: [String]) throws {
    let share = PromptShare()
    share.writeThree()
    let (whole, nightly) = (try share.store("whole.sqlite"), try share.store("nightly.sqlite"))
    try share.ingest(into: whole)
    #expect(try order.map { try share.ingest([$0], into: nightly).newPrompts } == [0, 0, 1])
    #expect(try nightly.prompts().map(\.calls) == whole.prompts().map(\.calls))
    let (one, other) = (try share.calls(in: whole), try share.calls(in: nightly))
    for name in order {
      let (a, b) = (share.prompts(in: one[name]), share.prompts(in: other[name]))
      #expect(a.count == 1 && b.count == 1, "\(name)")
      #expect(abs((a.first?.start ?? 0) - (b.first?.start ?? 9)) < 0.1, "\(name)")
      #expect(abs((a.first?.end ?? 0) - (b.first?.end ?? 9)) < 0.1, "\(name)")
      #expect(one[name]?.ending.kind == other[name]?.ending.kind, "\(name)")
    }
  }

  @Test func aSecondIngestChangesNothing() throws {
    let share = PromptShare()
    share.writeThree()
    let store = try share.store()
    try share.ingest(into: store)
    let (calls, prompts) = (try share.calls(in: store), try store.prompts())
    #expect(try share.ingest(into: store).newPrompts == 0)
    #expect(try share.calls(in: store) == calls)
    #expect(try store.prompts() == prompts)
  }

  @Test func labelsSurviveAnotherAnalysisAndMoreCalls() throws {
    let share = PromptShare()
    share.writeThree()
    let store = try share.store()
    try share.ingest(into: store)
    let id = try #require(try store.prompts().first?.id)
    let settings = PromptShare.settings
    #expect(try label(prompt: id, as: "Closed", kind: .systemPrompt, in: store, settings: settings))
    #expect(try !label(prompt: id + 1, as: "None", kind: nil, in: store, settings: settings))

    share.write("d.flac", PromptShare.closed, after: 1.5, as: .flac16)
    #expect(try share.ingest(into: store, hash: "b").newPrompts == 0)
    let prompts = try store.prompts()
    #expect(prompts.map(\.id) == [id])
    #expect(prompts.first?.label == "Closed" && prompts.first?.kind == .systemPrompt)
    #expect(prompts.first?.calls == 4)
  }

  /// What stops a label half-way leaves nothing of it.
  @Test func aLabelIsWholeOrNotThere() throws {
    let share = PromptShare()
    share.writeThree()
    let store = try share.store()
    try share.ingest(into: store)
    let prompt = try #require(try store.prompts().first)
    let calls = try share.calls(in: store)
    let last = try #require(try store.calls(with: prompt.id).last)
    func outside(_ sql: String) throws {
      try DatabaseQueue(path: store.path).writeWithoutTransaction { try $0.execute(sql: sql) }
    }
    try outside(
      """
      CREATE TRIGGER stop BEFORE UPDATE ON summaries WHEN new.call_id = \(last)
      BEGIN SELECT RAISE(ABORT, 'stopped'); END
      """)
    #expect(throws: StoreError.self) {
      try label(prompt: prompt.id, as: "Closed", kind: .voicemail, in: store, settings: PromptShare.settings)
    }
    #expect(try store.prompts() == [prompt])
    #expect(try share.calls(in: store) == calls)
    try outside("DROP TRIGGER stop")
    #expect(
      try label(prompt: prompt.id, as: "Closed", kind: .voicemail, in: store, settings: PromptShare.settings))
    #expect(try store.prompts().first?.kind == .voicemail)
    #expect(try share.calls(in: store).values.allSatisfy { $0.ending.kind == .voicemail })
  }

  @Test func onlyPromptsIsNoPersonWhateverTheCallerSays() throws {
    let share = PromptShare()
    // The caller answers a menu, which sounds like a conversation.
    let answer =
      Signal.silence(seconds: 6) + Signal.voice(pitch: 230, amplitude: 0.3, seconds: 2.5)
      + Signal.silence(seconds: 1)
    for (name, after) in [("a.wav", 1.0), ("b.wav", 1.2), ("c.wav", 1.61)] {
      share.write(name, PromptShare.closed, after: after, customer: answer)
    }
    let person =
      Signal.silence(seconds: 5) + Signal.voice(pitch: 165, amplitude: 0.3, seconds: 3)
    share.write("person.wav", PromptShare.closed + person, customer: answer)
    let store = try share.store()
    try share.ingest(into: store)

    var calls = try share.calls(in: store)
    #expect(share.prompts(in: calls["person.wav"]).count == 1)
    #expect(calls["person.wav"]?.ending.kind != .systemPrompt)
    for name in ["a.wav", "b.wav", "c.wav"] {
      let call = try #require(calls[name])
      #expect(call.ending.kind == .systemPrompt && call.ending.abrupt)
      #expect(call.findings.contains { $0.code == .noHumanAnswered })
    }

    let id = try #require(try store.prompts().first?.id)
    let settings = PromptShare.settings
    _ = try label(prompt: id, as: "Voicemail", kind: .voicemail, in: store, settings: settings)
    calls = try share.calls(in: store)
    #expect(calls["a.wav"]?.ending.kind == .voicemail && calls["a.wav"]?.ending.abrupt == false)
    #expect(calls["a.wav"]?.findings.contains { $0.code == .voicemail } == true)
    #expect(calls["a.wav"]?.findings.contains { $0.code == .noHumanAnswered } == false)
    #expect(calls["person.wav"]?.ending.kind != .voicemail)

    // What waits for an answer says nothing of who answered: the sound alone decides again.
    _ = try label(prompt: id, as: "Please hold", kind: .holdAnnouncement, in: store, settings: settings)
    calls = try share.calls(in: store)
    #expect(calls["a.wav"]?.ending == (try heardAlone(share))["a.wav"]?.ending)
    #expect(share.prompts(in: calls["a.wav"]).count == 1)
  }

  /// The calls of a share as each sounds alone.
  private func heardAlone(_ share: PromptShare) throws -> [String: CallSummary] {
    let store = try share.store("alone.sqlite")
    try share.ingest(["a.wav"], into: store)
    return try share.calls(in: store)
  }

  @Test func oldCallsAreForgottenButNotTheirPrompts() throws {
    let share = PromptShare()
    share.writeThree()
    for number in 1...3 {
      share.write(
        "z\(number).wav", Signal.voice(pitch: 150 + 30 * Double(number), amplitude: 0.3, seconds: 3))
    }
    let store = try share.store()
    try share.ingest(into: store)
    try store.forgetLandmarks(exceptNewest: 1, examples: 3)
    let kept = try store.searchedCalls().map(\.id)
    let ofPrompt = try store.calls(with: #require(try store.prompts().first?.id))
    #expect(Set(ofPrompt).isSubset(of: kept) && kept.count == 4)

    share.write("new.wav", PromptShare.closed, after: 1.9)
    try share.ingest(into: store)
    #expect(try store.prompts().map(\.calls) == [4])
  }
}

/// Calls with made-up landmarks, of which every fourth has one prompt and every fifth another.
@Suite struct PromptSearchTests {
  private let folder = TemporaryFolder()

  private func store(_ name: String, _ numbers: some Sequence<Int>) throws -> CallStore {
    let store = try CallStore(at: folder.path.text + "/" + name)
    for number in numbers {
      var landmarks = (0..<200).map { Landmark(hash: UInt32(number * 1000 + $0), step: UInt32($0 * 4)) }
      for (every, hash) in [(4, UInt32(9_000_000)), (5, UInt32(9_500_000))] where number % every == 0 {
        let start = UInt32(1000 * (every - 3) + number)
        landmarks += (0..<50).map { Landmark(hash: hash + UInt32($0), step: start + UInt32($0 * 3)) }
      }
      let path = RecordingPath("/share/\(1000 + number).wav")
      try store.record(
        .analysed(.sample(path)), of: RecordingFile(path: path, size: number, modified: number),
        under: Analysis(version: "1", settingsHash: "a"), landmarks: landmarks)
    }
    return store
  }

  private func places(in store: CallStore) throws -> [String] {
    var places: [String] = []
    for prompt in try store.prompts() {
      for call in try store.calls(with: prompt.id) {
        places += try store.promptPlaces(in: call).map { "\(call) \($0)" }
      }
    }
    return places
  }

  @Test func aSearchThatIsStoppedComesToTheSame() throws {
    var settings = AnalysisSettings()
    settings.prompts.rememberedCalls = 100
    let (whole, stopped) = (try store("whole.sqlite", 0..<400), try store("stopped.sqlite", 0..<400))
    try findPrompts(in: whole, settings: settings)
    var rounds = 0
    while !(try stopped.unsearchedCalls().isEmpty) {
      var groups = 0
      try findPrompts(in: stopped, settings: settings) {
        groups += 1
        return groups > 1
      }
      rounds += 1
    }
    #expect(rounds == 7)
    #expect(try whole.prompts().map(\.calls).sorted() == [80, 100])
    #expect(try places(in: stopped) == places(in: whole))
    #expect(try whole.searchedCalls().count <= 100 + 2 * settings.prompts.minimumCalls)
  }

  @Test func theOrderInWhichCallsComeIsIndifferent() throws {
    let settings = AnalysisSettings()
    let (one, other) = (try store("one.sqlite", 0..<200), try store("other.sqlite", (0..<200).reversed()))
    for store in [one, other] { try findPrompts(in: store, settings: settings) }
    #expect(try one.prompts().map(\.calls).sorted() == [40, 50])
    #expect(try other.prompts().map(\.calls).sorted() == [40, 50])
  }
}
