import CallIngest
import CallModel
import CallRecords
import CallStore
import TestSupport
import Testing

/// Several recordings of one call.
@Suite struct CallFilesTests {
  static let stereo = "S_20260714-101000_3125551212_6666.wav"
  static let mixed = "20260714-101000_3125551212_6666-all.wav"
  static let customer = "CM_S_20260714-101000_3125551212_6666.wav"
  static let agent = "CO_S_20260714-101000_3125551212_6666.wav"
  static let other = "20260714-111000_3125551212_6666-all.wav"

  func options(_ night: Night, recorder: String = "vicidial") -> PipelineOptions {
    var rules = MetadataRules()
    rules.names = NamePattern.preset(recorder) ?? []
    rules.clock = WallClock("America/New_York")
    var options = night.options()
    options.sources = [
      RecordingSource(RecordingPath("*"), roles: .left, analysis: options.analysis, rules: rules)
    ]
    return options
  }

  func paths(_ store: CallStore) throws -> [String] {
    var names: [String] = []
    try store.forEachRecording(in: Selection()) { recording in
      if case .analysed(let call) = try recording.outcome() {
        names.append(RecordingPath(call.recording.path).name.text)
      }
    }
    return names.sorted()
  }

  @Test(arguments: [1, 2]) func theBestIsTheCallAndTheOthersAreItsParts(jobs: Int) throws {
    let night = Night(Self.mixed, Self.customer, Self.agent, Self.stereo, Self.other)
    let store = try night.open()
    let options = options(night)
    #expect(try night.run(into: store, options, jobs: jobs).counts == counts(seen: 5, analysed: 2, copies: 3))
    #expect(night.analysed == [Self.other, Self.stereo])
    #expect(try paths(store) == [Self.other, Self.stereo])
    // What is known is not looked at again, and does not change what is shown.
    #expect(
      try night.run(into: store, options, jobs: jobs).counts == counts(seen: 5, unchanged: 2, copies: 3))
    #expect(night.analysed == [])
    #expect(try paths(store) == [Self.other, Self.stereo])
  }

  @Test func aBetterOneThatComesLaterTakesTheCallOver() throws {
    let night = Night(Self.agent, Self.customer)
    let store = try night.open()
    let options = options(night)
    // Without one of both parties, each is a call.
    #expect(try night.run(into: store, options).counts == counts(seen: 2, analysed: 2))
    night.write(Self.mixed)
    #expect(try night.run(into: store, options).counts == counts(seen: 3, analysed: 1, unchanged: 2))
    #expect(try paths(store) == [Self.mixed])
    night.write(Self.stereo)
    #expect(
      try night.run(into: store, options).counts == counts(seen: 4, analysed: 1, unchanged: 1, copies: 2))
    #expect(try paths(store) == [Self.stereo])
    #expect(try night.run(into: store, options).counts == counts(seen: 4, unchanged: 1, copies: 3))
  }

  @Test func aWorseOneThatComesLaterIsAPart() throws {
    let night = Night(Self.stereo)
    let store = try night.open()
    try night.run(into: store, options(night))
    night.write(Self.mixed)
    #expect(try night.run(into: store, options(night)).counts == counts(seen: 2, unchanged: 1, copies: 1))
    #expect(night.analysed == [])
    #expect(try paths(store) == [Self.stereo])
    // The call stays when its own file goes, under that name.
    night.remove(Self.stereo)
    #expect(try night.run(into: store, options(night)).counts.analysed == 0)
    #expect(try paths(store) == [Self.stereo])
  }

  @Test func whereTheBestCannotBeReadTheNextCounts() throws {
    let night = Night(Self.mixed, Self.stereo, Self.customer)
    let store = try night.open()
    let result = try ingest(
      [night.share], into: store, options: options(night), jobs: 1,
      analyse: { entry, options in
        RecordingAnalysis(
          entry.path.name.text == Self.stereo
            ? .failed(CallFailure(path: entry.path, code: .malformed, message: "It is malformed."))
            : .analysed(.sample(entry.path, analysis: options.analysis)))
      })
    #expect(result.counts == counts(seen: 3, analysed: 1, failed: 1, copies: 1))
    #expect(try paths(store) == [Self.mixed])
  }

  /// Of the parts of a contact the largest, and before its redacted copy.
  @Test func theCopiesOfAContactAreOneCall() throws {
    let uuid = "01234567-89ab-cdef-0123-456789abcdef"
    let (menu, agent) = ("\(uuid)_20260714T10:10_UTC.wav", "\(uuid)_20260714T10:11_UTC.wav")
    let night = Night()
    night.write(menu, [1])
    night.write(agent, [1, 2])
    night.write("\(uuid)_call_recording_redacted_2026-07-14T10:11:05Z.wav", [1, 2, 3])
    let store = try night.open()
    let options = options(night, recorder: "amazon-connect")
    #expect(try night.run(into: store, options).counts == counts(seen: 3, analysed: 1, copies: 2))
    #expect(try paths(store) == [agent])
  }

  /// A recorder that writes one file a call has as many calls as files, whatever their ids.
  @Test func otherRecordersKeepEveryFile() throws {
    let night = Night(
      "out-030123-201-20260131-090000-1769846400.1.wav", "q-600-030123-20260131-090000-1769846400.1.wav")
    let store = try night.open()
    #expect(
      try night.run(into: store, options(night, recorder: "freepbx")).counts == counts(seen: 2, analysed: 2))
  }
}
